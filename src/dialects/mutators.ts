/** Methods that change the object they are called on, by the names of types. Source: the references of ECMAScript, WHATWG, Node.js and .NET. */
export const MUTATORS: readonly { readonly types: RegExp; readonly methods: ReadonlySet<string> }[] = [
  {
    types: /^Array$/,
    methods: new Set(["copyWithin", "fill", "pop", "push", "reverse", "shift", "sort", "splice", "unshift"]),
  },
  {
    types: /^(?:(?:Big)?(?:Int|Uint)\d+(?:Clamped)?|Float\d+)Array$/,
    methods: new Set(["copyWithin", "fill", "reverse", "set", "sort"]),
  },
  {
    types: /^Buffer$/,
    methods: new Set(["copyWithin", "fill", "reverse", "set", "sort", "swap16", "swap32", "swap64", "write"]),
  },
  { types: /^(?:Weak)?Map$/, methods: new Set(["clear", "delete", "set"]) },
  { types: /^(?:Weak)?Set$/, methods: new Set(["add", "clear", "delete"]) },
  { types: /^(?:FormData|Headers|URLSearchParams)$/, methods: new Set(["append", "delete", "set"]) },
  {
    types: /^(?:List|Queue|Stack)(?:\$1)?$/,
    methods: new Set([
      "Add",
      "AddRange",
      "Clear",
      "Dequeue",
      "Enqueue",
      "Insert",
      "Pop",
      "Push",
      "Remove",
      "RemoveAt",
      "Reverse",
      "Sort",
    ]),
  },
  { types: /^Dictionary(?:\$2)?$/, methods: new Set(["Add", "Clear", "Remove", "set_Item"]) },
];

/** Functions of the platform that change their first argument. */
export const MUTATING_FUNCTIONS: ReadonlySet<string> = new Set([
  "Object.assign",
  "Object.defineProperties",
  "Object.defineProperty",
  "Object.setPrototypeOf",
  "Reflect.defineProperty",
  "Reflect.deleteProperty",
  "Reflect.set",
]);

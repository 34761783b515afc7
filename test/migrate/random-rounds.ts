import type { Rounds } from "./random-model.ts";
import { begin, block, end, guarded, type Lines, type Scope } from "./random-text.ts";

/** Prints the start of a loop of callbacks, and declares its callback. */
export function printRounds(
  scope: Scope,
  { stem, form: wanted, event: kind, rounds, isGuarded, returnsFirst, isOverlapped }: Rounds,
): Lines {
  const { text, self, isStatic } = scope;
  const id = text.id();
  const isMember = self !== null && kind !== "local" && (wanted === "bound" || wanted === "forwarded to a method");
  const form = isMember
    ? wanted
    : kind === "local"
      ? "const"
      : wanted === "bound" || wanted === "forwarded to a method"
        ? "named"
        : wanted;
  text.mark(`rounds: ${form}`, `rounds: event ${kind}`);
  const name = `on${id}`;
  const own = isStatic ? self : "this";
  const left = isMember ? `${own}.left${id}` : `left${id}`;
  const done = isMember && kind === "shared" ? `${own}.done${id}` : `done${id}`;
  const modifiers = `private ${isStatic ? "static " : ""}`;
  const declarations = [
    `let left${id} = 0;`,
    ...(kind === "none" ? [] : [`const done${id} = new ManualResetEvent(false);`]),
  ];
  if (isMember)
    scope.members.push(
      `${modifiers}left${id} = 0;`,
      ...(kind === "none" ? [] : [`${modifiers}readonly done${id} = new ManualResetEvent(false);`]),
    );
  else if (kind !== "local") text.parts.push(...declarations);

  const uses = {
    named: name,
    delegate: `new AsyncCallback(${name})`,
    const: name,
    bound: isStatic ? `${own}.${name}` : `${own}.${name}.bind(this)`,
    "forwarded to a method": `(r) => ${own}.${name}(r)`,
  };
  const use = uses[form];
  const start = begin(scope, stem, [use], "null", scope.times * rounds).join("");
  const set = kind === "none" ? [] : [`${done}.Set();`];
  const over = [`trace("over ${id}");`, ...set];
  const act = [
    end(text, stem, "ar"),
    `${left} -= 1;`,
    ...(returnsFirst
      ? [...block(`if (${left} <= 0)`, [...over, "return;"]), `${start};`]
      : [
          ...block(`if (${left} > 0)`, [`trace("more", ${left});`, `${start};`]).slice(0, -1),
          ...block("} else", over),
        ]),
  ];
  const body = isGuarded ? [...guarded(text, act).slice(0, -1), ...set.map((line) => `  ${line}`), "}"] : act;
  if (isMember) scope.members.push(block(`${modifiers}${name}(ar: IAsyncResult): void`, body).join("\n"));
  const local = block(
    text.kinds.has("annotated constants")
      ? `const ${name}: AsyncCallback = (ar) =>`
      : `const ${name} = (ar: IAsyncResult): void =>`,
    body,
    ";",
  );
  if (!isMember && kind !== "local")
    text.parts.push((form === "const" ? local : block(`function ${name}(ar: IAsyncResult): void`, body)).join("\n"));
  if (kind === "none") {
    // Nobody sees when the last round is over, so the loop can take the place of the start only where nothing follows it.
    const lines = [text.note(), `${left} = ${rounds};`, `${start};`];
    if (isMember) scope.members.push(block(`${modifiers}start${id}(): void`, lines).join("\n"));
    else text.parts.push(block(`function start${id}(): void`, lines).join("\n"));
    return [`${isMember ? `${own}.` : ""}start${id}();`];
  }
  return [
    ...(kind === "local" ? [...declarations, ...local] : []),
    // An event that outlives the call must not be set from before.
    ...(kind === "shared" ? [`${done}.Reset();`] : []),
    `${left} = ${rounds};`,
    `${start};`,
    ...(isOverlapped ? [text.note()] : []),
    `${done}.WaitOne();`,
  ];
}

import { resolve } from "node:path";
import { isFunction, memberOf } from "../ast/functions.ts";
import { unwrap, wrapped } from "../ast/names.ts";
import type { FunctionNode, TSESTree } from "../ast/source.ts";
import type { Context } from "../recognize/context.ts";
import type { RefusalCode } from "../plan/codes.ts";
import { isModule, type Reach } from "../plan/async/reach.ts";
import { isTypedFromOutside } from "../plan/async/signatures.ts";
import { usageAt, type Usage } from "../plan/usage.ts";
import { usagesByOwnName } from "../plan/usages.ts";
import { isOffered } from "../ast/offered.ts";
import type { Project } from "./project.ts";
import { importedModules } from "./imported-modules.ts";
import { NameIndex } from "./name-index.ts";
import { References, type Place } from "./references.ts";
import { StructuralCalls } from "./structural-calls.ts";

/** Where the name of a function occurs in a project, declarations apart from uses. */
interface Found {
  readonly usages: readonly Usage[];
  readonly functions: readonly FunctionNode[];
  readonly signatures: readonly TSESTree.Node[];
  readonly bond: RefusalCode | null;
}

type Declared =
  | { readonly kind: "function"; readonly fn: FunctionNode }
  | { readonly kind: "signature"; readonly node: TSESTree.Node }
  | { readonly kind: "passed" };

/** What a project shows of its functions: their uses by the type checker, not by their names. */
export class ProjectReach implements Reach {
  readonly #project: Project;
  readonly #found = new Map<FunctionNode, Found>();
  readonly #references: References;
  readonly #structural: StructuralCalls;
  readonly mayChangeExports: boolean;
  #imported: ReadonlySet<string> | null = null;

  constructor(project: Project, mayChangeExports: boolean) {
    this.#project = project;
    const index = new NameIndex(project.compiler, project.program);
    this.#references = new References(project.compiler, project.program, index);
    this.#structural = new StructuralCalls(project, index);
    this.mayChangeExports = mayChangeExports;
  }

  contextOf(node: TSESTree.Node): Context {
    return this.#project.contextOf(this.#project.fileOf(node));
  }

  contextsWith(isMeant: (text: string) => boolean): readonly Context[] {
    return this.#project.files
      .filter((file) => isMeant(this.#project.textOf(file)))
      .map((file) => this.#project.contextOf(file));
  }

  mayAwaitAtTop(context: Context): boolean {
    return isModule(context) && this.#project.hasTopLevelAwait(context.source.filePath);
  }

  mayBeImported({ source }: Context): boolean {
    if (this.#project.isLibrary) return true;
    this.#imported ??= importedModules(this.#project.compiler, this.#project.program);
    return this.#imported.has(resolve(source.filePath));
  }

  usagesOf(fn: FunctionNode): readonly Usage[] {
    return this.#find(fn).usages;
  }

  bondOf(fn: FunctionNode): RefusalCode | null {
    return this.#find(fn).bond;
  }

  isClosed(fn: FunctionNode, along: ReadonlySet<TSESTree.Node> = new Set()): boolean {
    if (nameOf(fn) === null) return true;
    const { bond, functions, signatures } = this.#find(fn);
    return bond === null && functions.length === 0 && signatures.every((each) => along.has(each));
  }

  kinOf(fn: FunctionNode): Pick<Found, "functions" | "signatures"> {
    return this.#find(fn);
  }

  #find(fn: FunctionNode): Found {
    let found = this.#found.get(fn);
    if (found === undefined) this.#found.set(fn, (found = this.#search(fn)));
    return found;
  }

  #search(fn: FunctionNode): Found {
    const name = nameOf(fn);
    const own = usagesByOwnName(this.contextOf(fn), fn);
    // What has no name is used where it stands.
    if (name === null)
      return {
        usages: [...own, usageAt(wrapped(fn))],
        functions: [],
        signatures: [],
        bond: isTypedFromOutside(fn) ? "may-override" : null,
      };
    const usages: Usage[] = [...own];
    const functions: FunctionNode[] = [];
    const signatures: TSESTree.Node[] = [];
    let bond: RefusalCode | null = null;
    const { services } = this.contextOf(fn).source;
    const places = this.#references.of(services!.esTreeNodeToTSNodeMap.get(name as never));
    const known = new Set(places.map(keyOf));
    for (const place of places) {
      const node = this.#nodeAt(place);
      if (node === null) {
        // Declared, or used, where nothing can be changed: in another package, in a file without types, or in one that is left alone.
        bond ??= this.#isOnlyRead(place.fileName) ? "callers-unknown" : "may-override";
        continue;
      }
      const declared = declarationAt(node);
      if (declared?.kind === "function") {
        if (declared.fn !== fn) functions.push(declared.fn);
        if (this.#isOffered(declared.fn)) bond ??= "exported-api";
      } else if (declared?.kind === "signature") {
        signatures.push(declared.node);
        if (this.#isOffered(declared.node)) bond ??= "exported-api";
      } else if (declared === null) usages.push(...usageOf(node));
    }
    // What users of the package await from now on.
    if (this.mayChangeExports && this.#project.isLibrary && isOffered(fn)) usages.push({ kind: "export", node: name });
    for (const place of this.#structural.of(fn, (each) => known.has(keyOf(each)))) {
      const node = this.#nodeAt(place);
      if (node !== null) usages.push({ kind: "unknown", node });
    }
    return { usages, functions, signatures, bond };
  }

  /** The identifier at a place; `null` where the file is none of the project's. */
  #nodeAt({ fileName, node }: Place): TSESTree.Node | null {
    const file = this.#project.ownName(fileName);
    if (file === null) return null;
    const found = this.#project.contextOf(file).source.services!.tsNodeToESTreeNodeMap.get(node) as
      TSESTree.Node | undefined;
    return found === undefined ? null : valueOfShorthand(found);
  }

  /** Whether a file holds programs that are not migrated. */
  #isOnlyRead(fileName: string): boolean {
    return /\.[cm]?jsx?$/.test(fileName) || this.#project.filesLeft.has(resolve(fileName));
  }

  /** Whether users of the package may rely on what is declared at a node, and are not to be disturbed. */
  #isOffered(declared: TSESTree.Node): boolean {
    return !this.mayChangeExports && this.#project.isLibrary && isOffered(declared);
  }
}

/** Of a name that stands for a key and for its value at once, the value. */
function valueOfShorthand(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  if (parent?.type !== "Property" || !parent.shorthand || parent.key !== node) return node;
  return parent.value.type === "AssignmentPattern" ? parent.value.left : parent.value;
}

/** A place as a key. */
function keyOf({ fileName, start }: Place): string {
  return `${fileName}:${start}`;
}

/** The identifier by which a function is known. */
function nameOf(fn: FunctionNode): TSESTree.Node | null {
  if (fn.type === "FunctionDeclaration") return fn.id;
  const member = memberOf(fn);
  if (member !== null) return member.computed ? null : member.key;
  const { parent } = wrapped(fn);
  return parent?.type === "VariableDeclarator" && parent.id.type === "Identifier" ? parent.id : null;
}

/** What an identifier declares; `passed` for names that only stand for what is used elsewhere; `null` for a use. */
function declarationAt(node: TSESTree.Node): Declared | null {
  const { parent } = node;
  switch (parent?.type) {
    case "FunctionDeclaration":
      return parent.id === node ? { kind: "function", fn: parent } : null;
    case "TSDeclareFunction":
      return { kind: "signature", node: parent };
    case "TSMethodSignature":
    case "TSPropertySignature":
    case "TSAbstractMethodDefinition":
    case "TSAbstractPropertyDefinition":
      return { kind: "signature", node: parent };
    case "MethodDefinition":
    case "PropertyDefinition":
    case "Property": {
      if (
        parent.key !== node ||
        (parent.type === "Property" && (parent.shorthand || parent.parent.type === "ObjectPattern"))
      )
        return null;
      const value = parent.value === null ? null : unwrap(parent.value);
      if (String(value?.type) === "TSEmptyBodyFunctionExpression") return { kind: "signature", node: value! };
      return isFunction(value) ? { kind: "function", fn: value } : null;
    }
    case "VariableDeclarator": {
      const value = parent.id === node && parent.init !== null ? unwrap(parent.init) : null;
      return isFunction(value) ? { kind: "function", fn: value } : null;
    }
    case "ImportSpecifier":
    case "ImportDefaultSpecifier":
    case "ImportNamespaceSpecifier":
    case "ExportSpecifier":
    case "ExportDefaultDeclaration":
    case "TSTypeQuery":
    case "TSQualifiedName":
      return { kind: "passed" };
    default:
      return null;
  }
}

function usageOf(node: TSESTree.Node): Usage[] {
  const { parent } = node;
  if (parent?.type === "MemberExpression" && parent.property === node) return [usageAt(wrapped(parent))];
  // `const { load } = service` and a member without a function of its own: who calls it there cannot be told.
  if (parent?.type === "Property" && parent.parent.type === "ObjectPattern") return [{ kind: "unknown", node }];
  if (
    parent !== undefined &&
    /^(?:Property|PropertyDefinition|MethodDefinition|VariableDeclarator)$/.test(parent.type) &&
    ("key" in parent
      ? parent.key === node && !("shorthand" in parent && parent.shorthand)
      : (parent as TSESTree.VariableDeclarator).id === node)
  )
    return [{ kind: "unknown", node }];
  return [usageAt(wrapped(node))];
}

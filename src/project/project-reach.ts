import { resolve } from "node:path";
import { wrapped } from "../ast/names.ts";
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
import { ModuleUses } from "./module-uses.ts";
import { NameIndex } from "./name-index.ts";
import { declarationAt, nameOf, usageOf, valueOfShorthand } from "./name-places.ts";
import { References, type Place } from "./references.ts";
import { StructuralCalls } from "./structural-calls.ts";

const OFFERED = "exported-api";
const OUT_OF_SIGHT = "module-out-of-sight";

/** Where the name of a function occurs in a project, declarations apart from uses. */
interface Found {
  readonly usages: readonly Usage[];
  readonly functions: readonly FunctionNode[];
  readonly signatures: readonly TSESTree.Node[];
  readonly bond: RefusalCode | null;
}

/** What a project shows of its functions: their uses by the type checker, not by their names. */
export class ProjectReach implements Reach {
  readonly #project: Project;
  readonly #found = new Map<FunctionNode, Found>();
  readonly #index: NameIndex;
  readonly #references: References;
  readonly #structural: StructuralCalls;
  readonly #modules: ModuleUses;
  readonly mayChangeExports: boolean;
  #imported: ReadonlySet<string> | null = null;

  constructor(project: Project, mayChangeExports: boolean) {
    this.#project = project;
    const index = new NameIndex(project.compiler, project.program);
    this.#index = index;
    this.#references = new References(project.compiler, project.program, index);
    this.#structural = new StructuralCalls(project, index);
    this.#modules = new ModuleUses(project, index, this.#references);
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
    if (this.#project.isLibrary || this.#project.entries.size > 0) return true;
    this.#imported ??= importedModules(this.#project.compiler, this.#project.program, this.#index);
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
      const declared = this.#modules.at(place.node, node, this.contextOf(node).source) ?? declarationAt(node);
      if (declared?.kind === "function") {
        if (declared.fn !== fn) functions.push(declared.fn);
        if (this.#isOffered(declared.fn)) bond ??= OFFERED;
      } else if (declared?.kind === "signature") {
        signatures.push(declared.node);
        if (this.#isOffered(declared.node)) bond ??= OFFERED;
      } else if (declared === null) usages.push(...usageOf(node).map(hiddenIfExported));
      else if (declared.kind !== "passed") usages.push(declared);
    }
    const isOfferedWhole = this.#modules.isOffered(places);
    if (isOfferedWhole && !this.mayChangeExports) bond ??= OFFERED;
    // What users of the package await from now on.
    if (isOfferedWhole || (this.#project.isLibrary && isOffered(fn))) usages.push({ kind: "export", node: name });
    for (const place of this.#structural.of(fn, (each) => known.has(keyOf(each)))) {
      const node = this.#nodeAt(place);
      if (node !== null) usages.push({ kind: "unknown", node });
    }
    const context = this.contextOf(fn);
    usages.push(...unlisted(usages, this.#modules.besides(fn, context)));
    for (const place of this.#modules.escapes(fn, context, places)) {
      const node = this.#nodeAt(place);
      if (node === null) bond ??= OUT_OF_SIGHT;
      else usages.push({ kind: "unknown", node, code: OUT_OF_SIGHT });
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

/** What CommonJS exports is followed where that can be told; what is left is not. */
function hiddenIfExported(usage: Usage): Usage {
  return usage.kind === "export" ? { kind: "unknown", node: usage.node, code: OUT_OF_SIGHT } : usage;
}

/** The uses that are not among those known. */
function unlisted(known: readonly Usage[], more: readonly Usage[]): Usage[] {
  const nodeOf = (usage: Usage): TSESTree.Node => (usage.kind === "call" ? usage.call : usage.node);
  const nodes = new Set(known.map(nodeOf));
  return more.filter((usage) => !nodes.has(nodeOf(usage)));
}

/** A place as a key. */
function keyOf({ fileName, start }: Place): string {
  return `${fileName}:${start}`;
}

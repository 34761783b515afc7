import { dirname } from "node:path";
import type * as TypeScript from "typescript";
import type { ParserServicesWithTypeInformation } from "@typescript-eslint/parser";
import { loadParserParts } from "../ast/load-parser.ts";
import { parse } from "../ast/parse.ts";
import { isStackOverflow, NestingError } from "../ast/nesting.ts";
import { ParseError } from "../ast/parse-error.ts";
import type { TSESTree } from "../ast/source.ts";
import { linkParents } from "../ast/walk.ts";
import { ProjectError } from "./project-error.ts";
import { printable } from "../printable.ts";

type Compiler = typeof TypeScript;

/** A shorter body is converted with what is around it: asking the converter again would cost more. */
const SHORT = 120;

/** What one conversion made: the whole file without the bodies of its functions, or one of these bodies. */
interface Piece {
  readonly ast: TSESTree.Program;
  readonly services: ParserServicesWithTypeInformation;
}

/**
 * The tree of a file of a program, in which the bodies of functions are converted when they are first read. A migration reads little of
 * the many files that are only called through, and converting a tree takes longer than making it did.
 */
export class LazyTree {
  readonly ast: TSESTree.Program;
  readonly services: ParserServicesWithTypeInformation;
  readonly #compiler: Compiler;
  readonly #program: TypeScript.Program;
  readonly #file: TypeScript.SourceFile;
  readonly #isReadWhole: boolean;
  /** What has been converted, the file first. */
  readonly #pieces: Piece[] = [];
  /** The bodies that were left out, by either of their nodes; what is in one that has not been read has none in the tree. */
  readonly #bodies = new WeakMap<TypeScript.Node | TSESTree.Node, () => Piece>();

  /** @param isReadWhole whether every body will be read anyway: they are converted at once, which takes less time than one by one */
  constructor(compiler: Compiler, program: TypeScript.Program, file: TypeScript.SourceFile, isReadWhole: boolean) {
    this.#compiler = compiler;
    this.#isReadWhole = isReadWhole;
    this.#program = program;
    this.#file = file;
    // A program binds the names in its files when it is first asked for its checker: here, while they have all their statements.
    program.getTypeChecker();
    this.ast = this.#convert(file.statements).ast;
    // The compiler keeps what a file's children are, and the converter asks for them: here, while the file has its own statements.
    file.getChildren(file);
    this.services = this.#services();
  }

  /** The tree of some statements, which are those of the file or of a function. */
  #convert(statements: TypeScript.NodeArray<TypeScript.Statement>): Piece {
    const bodies: TypeScript.Block[] = [];
    if (!this.#isReadWhole) for (const statement of statements) this.#findBodies(statement, bodies);
    // The converter takes the tree as it finds it, and asks the compiler nothing meanwhile.
    const piece = withStatements(
      this.#compiler,
      [[this.#file, statements], ...bodies.map((body) => [body, null] as const)],
      () => convert(this.#program, this.#file),
    );
    linkParents(piece.ast, loadParserParts().visitorKeys);
    this.#pieces.push(piece);
    for (const body of bodies) {
      // What may not stand where it does (decorators of a constructor) is not converted at all.
      if (piece.services.tsNodeToESTreeNodeMap.has(body))
        this.#leaveOut(body, piece.services.tsNodeToESTreeNodeMap.get(body));
    }
    return piece;
  }

  /** The bodies of functions that are worth leaving out, the outermost ones. */
  #findBodies(node: TypeScript.Node, found: TypeScript.Block[]): void {
    const body = this.#bodyOf(node);
    if (body !== null) found.push(body);
    this.#compiler.forEachChild(node, (child) => {
      if (child !== body) this.#findBodies(child, found);
    });
  }

  #bodyOf(node: TypeScript.Node): TypeScript.Block | null {
    const { isBlock, isFunctionLike } = this.#compiler;
    const { body } = node as { readonly body?: TypeScript.Node };
    return body !== undefined && isFunctionLike(node) && isBlock(body) && body.end - body.pos > SHORT ? body : null;
  }

  #leaveOut(body: TypeScript.Block, block: TSESTree.BlockStatement): void {
    let piece: Piece | null = null;
    const read = (): Piece => {
      if (piece === null) {
        piece = this.#convert(body.statements);
        const statements = piece.ast.body as TSESTree.Statement[];
        for (const statement of statements) statement.parent = block;
        Object.defineProperty(block, "body", {
          configurable: true,
          enumerable: true,
          writable: true,
          value: statements,
        });
      }
      return piece;
    };
    Object.defineProperty(block, "body", { configurable: true, enumerable: true, get: () => read().ast.body });
    this.#bodies.set(body, read);
    this.#bodies.set(block, read);
  }

  /** The piece that a node of the compiler's tree is in. */
  #pieceWith(node: TypeScript.Node): Piece {
    let piece = this.#pieces[0]!;
    // Which bodies are left out of a body shows when it is converted, so they are read from the outermost on.
    const owners: TypeScript.Node[] = [];
    for (let owner: TypeScript.Node | undefined = node.parent; owner !== undefined; owner = owner.parent)
      owners.push(owner);
    for (const owner of owners.reverse()) piece = this.#bodies.get(owner)?.() ?? piece;
    return piece;
  }

  /** The piece that a node of the tree is in. */
  #pieceOf(node: TSESTree.Node): Piece {
    let top = node;
    while (top.parent !== undefined) {
      top = top.parent;
      const read = this.#bodies.get(top);
      if (read !== undefined) return read();
    }
    // A chain that became a part of a longer one is known to the converter, but in the tree no more.
    const isDetached = top !== this.ast;
    return (
      (isDetached ? this.#pieces.find(({ services }) => services.esTreeNodeToTSNodeMap.has(node)) : undefined) ??
      this.#pieces[0]!
    );
  }

  /** The services of the whole file: each question is answered by the piece that it is about. */
  #services(): ParserServicesWithTypeInformation {
    const { services } = this.#pieces[0]!;
    const checker = services.program.getTypeChecker();
    const toCompiler = (node: TSESTree.Node): TypeScript.Node =>
      this.#pieceOf(node).services.esTreeNodeToTSNodeMap.get(node);
    return {
      ...services,
      esTreeNodeToTSNodeMap: {
        get: toCompiler,
        has: (node: TSESTree.Node) => this.#pieceOf(node).services.esTreeNodeToTSNodeMap.has(node),
      },
      tsNodeToESTreeNodeMap: {
        get: (node: TypeScript.Node) => this.#pieceWith(node).services.tsNodeToESTreeNodeMap.get(node),
        has: (node: TypeScript.Node) => this.#pieceWith(node).services.tsNodeToESTreeNodeMap.has(node),
      },
      getContextualType: (node: TSESTree.Node) => checker.getContextualType(toCompiler(node) as TypeScript.Expression),
      getResolvedSignature: (node: TSESTree.Node) =>
        checker.getResolvedSignature(toCompiler(node) as TypeScript.CallLikeExpression),
      getSymbolAtLocation: (node: TSESTree.Node) => checker.getSymbolAtLocation(toCompiler(node)),
      getTypeAtLocation: (node: TSESTree.Node) => checker.getTypeAtLocation(toCompiler(node)),
      getTypeFromTypeNode: (node: TSESTree.Node) =>
        checker.getTypeFromTypeNode(toCompiler(node) as TypeScript.TypeNode),
      getTypeOfSymbolAtLocation: (symbol: TypeScript.Symbol, node: TSESTree.Node) =>
        checker.getTypeOfSymbolAtLocation(symbol, toCompiler(node)),
    } as unknown as ParserServicesWithTypeInformation;
  }
}

/** @throws {ProjectError} for what only the compiler takes for TypeScript, as a type in the syntax of JSDoc. */
function convert(program: TypeScript.Program, { fileName, text }: TypeScript.SourceFile): Piece {
  try {
    return loadParserParts().parseAndGenerateServices(text, {
      filePath: fileName,
      tsconfigRootDir: dirname(fileName),
      programs: [program],
      range: true,
      loc: true,
      tokens: false,
      comment: false,
      errorOnTypeScriptSyntacticAndSemanticIssues: false,
      // The compiler has parsed it, and files that do not parse are not migrated.
      allowInvalidAST: true,
      suppressDeprecatedPropertyWarnings: true,
      loggerFn: false,
    });
  } catch (error) {
    if (isStackOverflow(error)) throw new NestingError(fileName, error);
    // The parser tells where and why; the converter is not made to.
    const { line, column, message } = parseErrorOf(text, fileName) ?? { line: 1, column: 1, message: String(error) };
    throw new ProjectError(printable(`${fileName}:${line}:${column} does not parse: ${message}`), { cause: error });
  }
}

function parseErrorOf(text: string, fileName: string): ParseError | null {
  try {
    parse(text, fileName);
    return null;
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

type Owner = TypeScript.SourceFile | TypeScript.Block;
type Statements = TypeScript.NodeArray<TypeScript.Statement>;

/** Does something while some nodes have other statements than their own; `null` for none at all. */
function withStatements<Result>(
  { factory }: Compiler,
  changes: readonly (readonly [Owner, Statements | null])[],
  work: () => Result,
): Result {
  const none = factory.createNodeArray<TypeScript.Statement>();
  const before = changes.map(([owner]) => owner.statements);
  const set = (owner: Owner, statements: Statements): void => {
    (owner as { statements: Statements }).statements = statements;
  };
  try {
    for (const [owner, statements] of changes) set(owner, statements ?? none);
    return work();
  } finally {
    for (const [index, [owner]] of changes.entries()) set(owner, before[index]!);
  }
}

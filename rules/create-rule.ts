import type { Rule, SourceCode } from "eslint";
import { pageOfRule } from "../src/addresses.ts";
import { growingIndex } from "../src/ast/node-index.ts";
import type { Source, TSESTree } from "../src/ast/source.ts";
import type { Settings } from "../src/dialects/settings.ts";
import { forgetText } from "../src/dialects/text/per-text.ts";
import { mayContain, type Candidate } from "../src/dialects/text/text-test.ts";
import { printable } from "../src/printable.ts";
import { analyze } from "../src/recognize/analysis.ts";
import type { Context } from "../src/recognize/context.ts";
import { isTypeTest } from "../src/recognize/type-tests.ts";
import type { NodeIndex } from "../src/ast/indexed-nodes.ts";
import { settingsReport } from "./settings-report.ts";

/** A suggestion of a report: edits over the original text, applied as one. */
export interface RuleSuggestion<MessageId extends string> {
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  readonly edits: readonly { readonly range: readonly [number, number]; readonly text: string }[];
}

/** What a rule reports of one finding. */
export interface RuleReport<MessageId extends string> {
  readonly node: TSESTree.Node;
  readonly messageId: MessageId;
  readonly data?: Readonly<Record<string, string>>;
  readonly suggestions?: readonly RuleSuggestion<MessageId>[];
}

interface RuleDefinition<MessageId extends string, Options extends object> {
  readonly name: string;
  readonly type: "problem" | "suggestion";
  readonly description: string;
  /** Whether the rule is in the `recommended` preset. */
  readonly recommended: boolean;
  readonly hasSuggestions?: boolean;
  readonly messages: Readonly<Record<MessageId, string>>;
  /** The closed JSON schema of the rule's one options object, by property. */
  readonly options: Readonly<Record<keyof Options & string, object>>;
  readonly defaultOptions: Options;
  /** The text test that decides whether the file is looked at. */
  readonly candidate: Candidate;
  /** Whether it offers migrations, which read a file as a whole. */
  readonly isMigration?: true;
  /** Whether the settings make it worth looking at a file whose text alone tells nothing: a host, a twin that they name. */
  readonly isSetToConcern?: (text: string, settings: Settings) => boolean;
  /** Turns the findings of a file into reports. Reports come in the order given. */
  readonly reports: (analysis: Context, options: Options) => Iterable<RuleReport<MessageId>>;
}

/**
 * Makes an ESLint rule of a function from findings to reports. The rule returns no visitors for a text without candidates;
 * otherwise it asks for the shared analysis when the whole tree has been visited.
 */
export function createRule<MessageId extends string, Options extends object>(
  definition: RuleDefinition<MessageId, Options>,
): Rule.RuleModule {
  const { name, description, recommended } = definition;
  const meta = {
    type: definition.type,
    docs: { description, recommended, requiresTypeChecking: false, url: pageOfRule(name) },
    languages: ["js/js"],
    ...(definition.hasSuggestions === true ? { hasSuggestions: true } : {}),
    schema:
      Object.keys(definition.options).length === 0
        ? []
        : [{ type: "object", properties: definition.options, additionalProperties: false }],
    defaultOptions: Object.keys(definition.options).length === 0 ? [] : [definition.defaultOptions],
    messages: definition.messages,
  } as unknown as Rule.RuleMetaData;
  const { candidate, isSetToConcern } = definition;
  const mayHold = (text: string, settings: Settings): boolean =>
    mayContain(text, candidate, settings) || isSetToConcern?.(text, settings) === true;
  const rule: Rule.RuleModule = {
    meta,
    create(context) {
      const { sourceCode } = context;
      const { text } = sourceCode;
      const wrongSettings = settingsReport(name, context);
      if (wrongSettings !== null) return wrongSettings;
      if (definition.isMigration === true && isPart(context)) return {};
      if (!mayHold(text, settingsOf(context)) && !hasTypes(sourceCode)) return {};
      return {
        "Program:exit"() {
          const source = sourceOf(context);
          if (isTypeTest(source)) return;
          // Hosts that do not know `meta.defaultOptions` (oxlint) pass what the user wrote.
          const options = { ...definition.defaultOptions, ...(context.options[0] as Partial<Options> | undefined) };
          for (const report of definition.reports(analyze(source, settingsOf(context)), options)) {
            context.report(descriptorOf(report));
          }
          // By now every rule has been asked whether it wants to see the file.
          forgetText();
        },
      };
    },
  };
  questions.set(rule, mayHold);
  return rule;
}

const questions = new WeakMap<Rule.RuleModule, (text: string, settings: Settings) => boolean>();

/** Whether a rule of this package may report anything about a text, without types: what it asks before it looks at the tree. */
export function mayReport(rule: Rule.RuleModule, text: string, settings: Settings): boolean {
  return questions.get(rule)?.(text, settings) ?? true;
}

/** An ending of a file that is code as a whole. */
const CODE = /\.(?:[cm]?[jt]s|[jt]sx)$/i;

/**
 * Whether the code is a part of a file that holds something else as well, as that of a `.vue`, `.svelte` or `.astro` file and a block in Markdown: a
 * migration needs all that uses a function, and writes what the parser of such a file may not read. A text that has no file is code as a whole.
 */
function isPart({ filename, physicalFilename }: Rule.RuleContext): boolean {
  // A host may not know of blocks.
  if ((physicalFilename ?? filename) !== filename) return true;
  return /\.\w+$/.test(filename) && !CODE.test(filename);
}

/** Types can find what no word of the text tells; making them costs more than any rule. */
function hasTypes(sourceCode: SourceCode): boolean {
  const { program } = (sourceCode.parserServices ?? {}) as { program?: unknown };
  return program != null;
}

function descriptorOf<MessageId extends string>({
  node,
  messageId,
  data,
  suggestions,
}: RuleReport<MessageId>): Rule.ReportDescriptor {
  return {
    node: node as unknown as Rule.Node,
    messageId,
    ...(data === undefined ? {} : { data: shown(data) }),
    ...(suggestions === undefined
      ? {}
      : {
          suggest: suggestions.map((suggestion) => ({
            messageId: suggestion.messageId,
            ...(suggestion.data === undefined ? {} : { data: shown(suggestion.data) }),
            fix: (fixer: Rule.RuleFixer) =>
              suggestion.edits.map((edit) => fixer.replaceTextRange([edit.range[0], edit.range[1]], edit.text)),
          })),
        }),
  };
}

/** Names and pieces of source, as a message shows them. */
function shown(data: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, printable(value)]));
}

const sources = new WeakMap<object, Source>();

/**
 * ESLint's view of the file as the core's: the same tree, scopes and keys. The file is known by its tree: oxlint has one `SourceCode`
 * object for all files. There the tree is made when it is first asked for, so that nothing does before the text test has passed.
 */
function sourceOf(context: Rule.RuleContext): Source {
  const { filename, sourceCode } = context;
  let source = sources.get(sourceCode.ast);
  // One tree may be linted under several names, whose endings tell different things.
  if (source?.filePath !== filename) {
    source = {
      filePath: filename,
      // Node ranges count from after a byte order mark; `SourceCode` has taken it off already.
      text: sourceCode.text,
      ast: sourceCode.ast as unknown as TSESTree.Program,
      scopeManager: sourceCode.scopeManager as unknown as Source["scopeManager"],
      visitorKeys: sourceCode.visitorKeys,
      services: sourceCode.parserServices as Source["services"],
      nodes: indexOf(sourceCode),
    };
    sources.set(sourceCode.ast, source);
  }
  return source;
}

/** A step of ESLint's way through the tree; of kind 1 and in phase 1, the entry to a node. */
interface Step {
  readonly kind: number;
  readonly phase?: number;
  readonly target: TSESTree.Node;
}

/**
 * The nodes of a tree by kind. ESLint keeps the steps of the way that it is on when the tree has been visited, so that nobody need go it
 * again, and no listener has to be called for each node; a host that does not tell leaves it to the index itself.
 */
function indexOf(sourceCode: SourceCode): NodeIndex | undefined {
  const steps = (sourceCode as { traverse?: () => unknown }).traverse?.();
  if (!Array.isArray(steps)) return undefined;
  const { index, add } = growingIndex();
  for (const { kind, phase, target } of steps as readonly Step[])
    if (kind === 1 && phase === 1) add[target.type]?.(target);
  return index;
}

function settingsOf(context: Rule.RuleContext): Settings {
  return context.settings["tapify"] ?? {};
}

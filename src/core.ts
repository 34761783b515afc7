/**
 * The core, for other tools: parse a file, recognise its operations, decide them, apply a plan. ESLint rules, the jscodeshift
 * transforms and the command line are made of these functions and nothing else.
 *
 * @module
 */
export { parse } from "./ast/parse.ts";
export { NestingError } from "./ast/nesting.ts";
export { ParseError } from "./ast/parse-error.ts";
export type { FunctionNode, Source, TSESTree } from "./ast/source.ts";
export { HOST_NAMES, type HostName, type Settings } from "./dialects/settings.ts";
export { HOSTS, type EventSpelling, type Host, type TaskToPromise } from "./dialects/hosts.ts";
export { mayContain, type Candidate } from "./dialects/text/text-test.ts";
export { analyze } from "./recognize/analysis.ts";
export { operationsOf } from "./recognize/begin-end/begin-end.ts";
export type { Callable } from "./recognize/callables.ts";
export type { Context } from "./recognize/context.ts";
export type { CompletionHandler } from "./recognize/events/event-handlers.ts";
export { eventOperationsOf } from "./recognize/events/event-operations.ts";
export type { Subscription } from "./recognize/events/event-subscriptions.ts";
export type { Knowledge } from "./recognize/knowledge.ts";
export type { Completion, EndCall, HandleUse, Operation, Witness } from "./recognize/begin-end/operation.ts";
export type { TypeEvidence } from "./recognize/types.ts";
export { REFUSALS, type RefusalCode } from "./plan/codes.ts";
export { EditConflict } from "./plan/edit-conflict.ts";
export { applyEdits } from "./plan/edits.ts";
export { mayMigrate } from "./plan/candidates.ts";
export { decideFile, isPlan } from "./plan/decide.ts";
export { migrateText } from "./plan/migrate.ts";
export type { FileMigration, MigratedSite, MigrateOptions, RefusedSite } from "./plan/migration.ts";
export type { Decision, SiteDecision } from "./plan/plan-file.ts";
export {
  TARGETS,
  TRANSFORM_NAMES,
  type EditAuthor,
  type Note,
  type Plan,
  type PlannedSite,
  type Range,
  type Refusal,
  type Target,
  type TextEdit,
  type TransformName,
} from "./plan/types.ts";
export { type ControlCall } from "./recognize/events/control-call.ts";
export { type EventOperation } from "./recognize/events/event-operation.ts";
export { NOTES, type NoteCode } from "./plan/note-codes.ts";

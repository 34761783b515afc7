import { alike, errorFirst, type AwaitedForm, type Dialect, type ResultShape } from "./dialect.ts";
import type { CallbackSetting, Settings } from "./settings.ts";

/** A setting, or an option, that says nothing that can be understood. */
export class SettingError extends TypeError {}

const FORMS = "`same-call`, `promisify`, `member:NAME`, `suffix:TEXT` or `chained:NAME`";
const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const PATH = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u;

const known = new WeakMap<readonly CallbackSetting[], readonly Dialect[]>();

/**
 * The families of operations that settings bring along: those that a project names, and those that an analysis is given as data.
 *
 * @throws {SettingError} for `callbacks` that are none.
 */
export function familiesIn({ callbacks, families = [] }: Settings): readonly Dialect[] {
  if (callbacks === undefined) return families;
  if (!Array.isArray(callbacks)) throw new SettingError("`settings.tapify.callbacks` is no array.");
  let own = known.get(callbacks);
  if (own === undefined) known.set(callbacks, (own = callbacks.map(familyOf)));
  return families.length === 0 ? own : [...families, ...own];
}

function familyOf(setting: CallbackSetting, index: number): Dialect {
  const fail = (text: string): never => {
    throw new SettingError(`\`settings.tapify.callbacks[${index}]\`: ${text}`);
  };
  const given = Object(setting) as Partial<Record<keyof CallbackSetting, unknown>>;
  const surplus = Object.keys(given).find((key) => !["awaitable", "members", "module", "results"].includes(key));
  if (surplus !== undefined)
    fail(`\`${surplus}\` is not known; there are \`module\`, \`members\`, \`awaitable\` and \`results\`.`);
  const { awaitable, members, module, results = ["result"] } = given;
  if (typeof module !== "string" || !/^(?:node:)?[^\s"'`:]{2,}$/.test(module))
    fail("`module` has to be the name of a module as files import it.");
  if (!isNames(members, PATH) || members.length === 0)
    fail("`members` has to be an array of names of what the module exports.");
  if (!isNames(results, NAME) || new Set(results).size < results.length)
    fail("`results` has to be an array of different names.");
  const names = results as readonly string[];
  const awaited = formOf(awaitable, names.length > 1 ? "members" : "value");
  if (awaited === null) fail(`\`awaitable\` has to be ${FORMS}.`);
  return {
    name: module as string,
    // Files name a module of Node.js in two ways.
    starts: [{ kind: "module", modules: [(module as string).replace(/^node:/, "")] }],
    operations: new Map(
      alike((members as readonly string[]).join(" "), {
        ...errorFirst(...names),
        awaited: awaited as AwaitedForm,
        returns: "handle",
        isCallbackOptional: true,
      }),
    ),
  };
}

function isNames(given: unknown, pattern: RegExp): given is readonly string[] {
  return Array.isArray(given) && given.every((each) => typeof each === "string" && pattern.test(each));
}

/** The awaitable form of a text; `null` where it names none. */
function formOf(text: unknown, gives: ResultShape): AwaitedForm | null {
  if (typeof text !== "string") return null;
  const [kind, name, ...more] = text.split(":");
  if (more.length > 0) return null;
  if (name === undefined)
    return kind === "same-call" ? { kind: "sameCall", gives } : kind === "promisify" ? { kind, gives } : null;
  if (kind === "suffix") return /^[\p{ID_Continue}$]+$/u.test(name) ? { kind: "suffixed", suffix: name, gives } : null;
  if (!NAME.test(name)) return null;
  return kind === "member" ? { kind, of: name, gives } : kind === "chained" ? { kind, method: name, gives } : null;
}

/**
 * What texts like `./store:load,save=promisify` say: a module, members of it, and their awaitable form.
 *
 * @throws {SettingError} for one that says something else.
 */
export function callbacksNamed(texts: readonly string[]): readonly CallbackSetting[] {
  const callbacks = texts.map((text) => {
    const [, module, members, awaitable] = /^(.+):([^:=]+)=([^=]+)$/.exec(text) ?? [];
    const setting = { module: module ?? "", members: (members ?? "").split(","), awaitable: awaitable ?? "" };
    try {
      familyOf(setting, 0);
    } catch {
      throw new SettingError(
        `Callbacks are said as MODULE:MEMBER,MEMBER=FORM, as in ./store:load,save=promisify, and not as "${text}". FORM is ${FORMS.replaceAll("`", "")}.`,
      );
    }
    return setting;
  });
  return callbacks;
}

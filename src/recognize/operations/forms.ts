import { lastSegment } from "../../ast/names.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";
import { DIALECTS } from "../../dialects/families/index.ts";
import type { Settings } from "../../dialects/settings.ts";
import { groupBy } from "../group-by.ts";

/** An operation of a dialect, and its name there. */
export interface NamedForm {
  readonly dialect: Dialect;
  readonly name: string;
  readonly form: OperationForm;
}

type Forms = ReturnType<typeof groupBy<string, NamedForm>>;

const known = new WeakMap<readonly Dialect[], Forms>();

/** The operations of dialects by the last part of their names. */
function formsOf(dialects: readonly Dialect[]): Forms {
  let forms = known.get(dialects);
  if (forms === undefined) {
    const all = dialects.flatMap((dialect) =>
      Array.from(dialect.operations, ([name, form]): NamedForm => ({ dialect, name, form })),
    );
    known.set(dialects, (forms = groupBy(all, ({ name }) => lastSegment(name))));
  }
  return forms;
}

/** The operations that end in a name, of the families that are built in and of those that the settings bring along. */
export function formsNamed(settings: Settings, name: string): readonly NamedForm[] {
  const own = formsOf(DIALECTS).get(name) ?? [];
  const further = settings.families === undefined ? [] : (formsOf(settings.families).get(name) ?? []);
  return further.length === 0 ? own : [...own, ...further];
}

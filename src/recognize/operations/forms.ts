import { lastSegment } from "../../ast/names.ts";
import { familiesIn } from "../../dialects/callback-settings.ts";
import type { Dialect, OperationForm } from "../../dialects/dialect.ts";
import { DIALECTS } from "../../dialects/families/index.ts";
import { mayStart } from "../../dialects/text/described-text.ts";
import type { Context } from "../context.ts";
import { groupBy } from "../group-by.ts";

/** An operation of a dialect, and its name there. */
export interface NamedForm {
  readonly dialect: Dialect;
  readonly name: string;
  readonly form: OperationForm;
}

interface Forms {
  /** The operations that have names, by the last part of those. */
  readonly listed: ReturnType<typeof groupBy<string, NamedForm>>;
  /** The families with others besides. */
  readonly open: readonly Dialect[];
}

const known = new WeakMap<Dialect, Forms["listed"]>();

function listedIn(dialect: Dialect): Forms["listed"] {
  let forms = known.get(dialect);
  if (forms === undefined) {
    const all = Array.from(dialect.operations, ([name, form]): NamedForm => ({ dialect, name, form }));
    known.set(dialect, (forms = groupBy(all, ({ name }) => lastSegment(name))));
  }
  return forms;
}

const inFiles = new WeakMap<Context, readonly Dialect[]>();

/** The families of which a file names the origin: those that are built in, and those that the settings bring along. */
function dialectsIn(context: Context): readonly Dialect[] {
  let dialects = inFiles.get(context);
  if (dialects === undefined) {
    const all = [...DIALECTS, ...familiesIn(context.settings)];
    inFiles.set(context, (dialects = all.filter((dialect) => mayStart(dialect, context.source.text))));
  }
  return dialects;
}

/** The operations that end in a name and may be meant by it: methods of objects that are made only where the file names their origin. */
export function likelyFormsNamed(context: Context, name: string): readonly NamedForm[] {
  const here = dialectsIn(context);
  return [...DIALECTS, ...familiesIn(context.settings)]
    .filter((dialect) => here.includes(dialect) || dialect.starts.some(({ kind }) => kind !== "made"))
    .flatMap((dialect) => listedIn(dialect).get(name) ?? []);
}

/** The operations that end in a name, of the families whose origin a file names. */
export function formsNamed(context: Context, name: string): readonly NamedForm[] {
  return dialectsIn(context).flatMap((dialect) => {
    const listed = listedIn(dialect).get(name);
    if (listed !== undefined) return listed;
    const { others } = dialect;
    if (others === undefined || others.except.has(name) || !others.name.test(name)) return [];
    return [{ dialect, name, form: others.form }];
  });
}

import ts from "typescript";
import { layoutsOf } from "../harness/layouts.ts";
import { toArrows } from "./arrows.ts";
import { withComments } from "./comments.ts";
import { renamed } from "./renamed.ts";
import { withoutSemicolons } from "./semicolons.ts";
import { respelled } from "./respelling.ts";
import { withStatements } from "./statements.ts";
import { inBlock, inFunction, inStaticMethod } from "./wrapped.ts";

/** A text written otherwise, and the path that says how to read it. */
export interface Respelled {
  readonly text: string;
  readonly path: string;
}

/** Ways to write a program otherwise that change nothing of what it does. Each gives `null` where a text is the same in it. */
export const RESPELLINGS = {
  renamed: edited(renamed),
  CRLF: layout("CRLF"),
  tabs: layout("tabs"),
  "no semicolons": edited(withoutSemicolons),
  comments: edited(withComments),
  block: edited(inBlock),
  function: edited(inFunction),
  "static method": edited(inStaticMethod),
  arrows: edited(toArrows),
  JavaScript: toJavaScript,
  statements: edited(withStatements),
} as const satisfies Readonly<Record<string, (text: string, path: string) => Respelled | null>>;

export type Respelling = keyof typeof RESPELLINGS;

function edited(edit: Parameters<typeof respelled>[2]) {
  return (text: string, path: string): Respelled | null => {
    const other = respelled(text, path, edit);
    return other === null ? null : { text: other, path };
  };
}

function layout(name: string) {
  return (text: string, path: string): Respelled | null => {
    const laidOut = layoutsOf(text, path).find((each) => each.layout === name);
    return laidOut === undefined ? null : { text: laidOut.text, path };
  };
}

/** A text in JavaScript: without its types, and without what only types need. */
function toJavaScript(text: string, path: string): Respelled | null {
  const ending = /\.[mc]?tsx?$/u.exec(path)?.[0];
  if (ending === undefined) return null;
  const { outputText } = ts.transpileModule(text, {
    fileName: path,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      experimentalDecorators: false,
      jsx: ts.JsxEmit.Preserve,
    },
  });
  return { text: outputText, path: path.replace(ending, ending.replace("t", "j")) };
}

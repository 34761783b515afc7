/** The two editors: the code that is tried, and what the migration makes of it. */
import { javascript } from "@codemirror/lang-javascript";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { appearance } from "./appearance.ts";

/** The editor of the code. */
export class CodeEditor {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  /** Whether it is the page that changes the text. */
  #isShowing = false;

  /** @param onChange called when somebody has changed the text */
  constructor(parent: HTMLElement, onChange: () => void) {
    const isTyped = EditorView.updateListener.of((update) => {
      if (update.docChanged && !this.#isShowing) onChange();
    });
    this.#view = new EditorView({
      parent,
      extensions: [common("Your code"), this.#language.of([]), lintGutter(), isTyped],
    });
  }

  get text(): string {
    return this.#view.state.sliceDoc();
  }

  /** Shows a text; the cursor goes to its start. Nothing happens where it stands there already. */
  show(text: string): void {
    if (text === this.text) return;
    this.#isShowing = true;
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      selection: { anchor: 0 },
    });
    this.#isShowing = false;
    this.#view.scrollDOM.scrollTo(0, 0);
  }

  speak(file: string): void {
    this.#view.dispatch({ effects: this.#language.reconfigure(languageOf(file)) });
  }

  /** Marks places; those that the text has no more are left out. */
  mark(diagnostics: readonly Diagnostic[]): void {
    const { length } = this.#view.state.doc;
    this.#view.dispatch(
      setDiagnostics(
        this.#view.state,
        diagnostics.filter(({ to }) => to <= length),
      ),
    );
  }

  /** The offset of a place, one-based, or of the nearest that there is. */
  offsetOf(line: number, column: number): number {
    const { doc } = this.#view.state;
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines));
    return Math.min(from + column - 1, to);
  }

  /** The end of the word at an offset; the offset itself where there is none. */
  endOf(offset: number): number {
    return this.#view.state.wordAt(offset)?.to ?? offset;
  }

  /** Puts the cursor at an offset, where it can be seen. */
  goTo(offset: number): void {
    this.#view.dispatch({ selection: { anchor: offset }, effects: EditorView.scrollIntoView(offset, { y: "center" }) });
    this.#view.focus();
  }
}

/** What the migration gives, to be read only, with what has changed. */
export class OutputView {
  readonly #view: EditorView;
  readonly #language = new Compartment();
  readonly #changes = new Compartment();

  constructor(parent: HTMLElement) {
    this.#view = new EditorView({
      parent,
      extensions: [
        common("Migrated code"),
        // It keeps the focus of the keyboard, so that it can be scrolled and copied.
        EditorState.readOnly.of(true),
        this.#language.of([]),
        this.#changes.of([]),
      ],
    });
  }

  get text(): string {
    return this.#view.state.sliceDoc();
  }

  /** @param original what the text was before, where that is to be seen as well; else `null` */
  show(text: string, file: string, original: string | null): void {
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: text },
      effects: [
        this.#language.reconfigure(languageOf(file)),
        this.#changes.reconfigure(
          original === null ? [] : unifiedMergeView({ original, mergeControls: false, highlightChanges: false }),
        ),
      ],
    });
  }
}

function common(label: string): Extension {
  return [
    basicSetup,
    appearance,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
  ];
}

function languageOf(file: string): Extension {
  return javascript({ typescript: /\.[cm]?tsx?$/i.test(file), jsx: /\.(?:jsx|tsx|js)$/i.test(file) });
}

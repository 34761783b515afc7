/** The options of the page: fields whose names are those of a trial. */
import { HOST_NAMES, TARGETS } from "./choices.ts";
import { EXAMPLES } from "./examples.ts";
import { RULE_SETS, type Trial } from "./protocol.ts";

const TARGET_TEXTS = { auto: "auto", twin: "twin: call XAsync", adapter: "adapter: wrap in a promise" };
const RULE_TEXTS = { recommended: "recommended", all: "all" };

type Field = HTMLInputElement | HTMLSelectElement;

/** Reads and shows the options. */
export class OptionsForm {
  readonly #form: HTMLFormElement;

  /**
   * @param onChange called when somebody has changed an option
   * @param onExample called with the example that somebody has chosen
   */
  constructor(form: HTMLFormElement, onChange: () => void, onExample: (id: string) => void) {
    this.#form = form;
    const choices = {
      rules: RULE_SETS.map((name) => [name, RULE_TEXTS[name]]),
      target: TARGETS.map((name) => [name, TARGET_TEXTS[name]]),
    };
    for (const [name, texts] of Object.entries(choices))
      this.#field(name).append(...texts.map(([value, text]) => new Option(text, value)));
    this.#field("host").append(
      ...HOST_NAMES.map((name) => new Option(name === "none" ? "none, or told by the code" : name, name)),
    );
    this.#field("example").append(new Option("your own code", ""), ...exampleGroups());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      if ((target as Field).name === "example") onExample((target as Field).value);
      else onChange();
    });
  }

  /** The options as they stand, with a text. */
  trialWith(code: string): Trial {
    const text = (name: keyof Trial): string => this.#field(name).value;
    const flag = (name: keyof Trial): boolean => (this.#field(name) as HTMLInputElement).checked;
    return {
      code,
      file: text("file").trim(),
      rules: text("rules") as Trial["rules"],
      target: text("target") as Trial["target"],
      host: text("host") as Trial["host"],
      yieldInPolls: flag("yieldInPolls"),
      facade: flag("facade"),
      assume: text("assume"),
      callbacks: text("callbacks"),
      entryPoints: text("entryPoints"),
      twins: text("twins"),
      operationDecorators: text("operationDecorators"),
    };
  }

  /** Shows the options of a trial. Those that are folded away are unfolded where one of them is set. */
  show({ code: _code, ...options }: Trial, example: string): void {
    for (const [name, value] of Object.entries(options)) {
      const field = this.#field(name);
      if (typeof value === "boolean") (field as HTMLInputElement).checked = value;
      else field.value = value;
    }
    this.#field("example").value = example;
    const details = this.#form.querySelector("details")!;
    details.open ||= [...details.querySelectorAll("input")].some(({ checked, type, value }) =>
      type === "checkbox" ? checked : value !== "",
    );
  }

  /** Says that the code is none of the examples any more. */
  leaveExample(): void {
    this.#field("example").value = "";
  }

  #field(name: string): Field {
    return this.#form.elements.namedItem(name) as Field;
  }
}

function exampleGroups(): HTMLElement[] {
  return EXAMPLES.map(({ examples, heading }) => {
    const group = document.createElement("optgroup");
    group.label = heading;
    group.append(...examples.map(({ id, title }) => new Option(title, id)));
    return group;
  });
}

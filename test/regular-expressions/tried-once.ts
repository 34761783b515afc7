/**
 * Sticky expressions that are not linear where they are tried at every place of a text, with the reason why they never are: they are tried
 * at places of which none is in what another has read in vain. From one place each is linear: `linear.test.ts` checks that it is, and
 * `hostile-texts.test.ts` counts how often they are tried.
 */
export const TRIED_ONCE = new Map(
  (
    [
      [/"[^"\\\r\n]*(?:\\(?:\r\n|[\s\S])[^"\\\r\n]*)*"|'[^'\\\r\n]*(?:\\(?:\r\n|[\s\S])[^'\\\r\n]*)*'/y, "partsOf"],
      [/[^`\\$]*(?:(?:\\[\s\S]|\$+(?:[^`\\${]|\\[\s\S]))[^`\\$]*)*\$*(?:`|\$\{)/y, "partsOf"],
      [/\/(?:[^/\\[\r\n]|\\.|\[(?:[^\]\\\r\n]|\\.)*\])+\//y, "partsOf"],
      [/"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'/y, "HeadWalk"],
      [/[;}]|(?:[\w$]+\s*\.\s*)*(?:[cC]onsole|Thread|Atomics)\b|\+\+|--|[\w$]+\s*(?:\+\+|--|[-+]=\s*\d)/y, "body"],
      [/(?:this\s*\.\s*)?[\w$]+\s*\(|if\b/y, "body"],
    ] as const
  ).map(([expression, reason]) => [String(expression), reason]),
);

/** Why none of them is tried in vain again and again. */
export const REASONS = {
  partsOf: "The reading ends where a string, a template or a regular expression has no end.",
  HeadWalk: "What is read in vain is taken from the budget of the text.",
  body: "The body of a loop is looked at once, and what is read of it has no parenthesis, behind which alone one may start.",
} as const;

/** Gives numbers from 0 up to, but not including, 1. */
export type Random = () => number;

/** A source of numbers that gives the same ones for the same seed, an integer (Mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A text with one fault in it or several. It need not parse any more, and may by chance be the same.
 *
 * @param random decides what is done and where: the same numbers give the same text
 */
export function damage(text: string, random: Random): string {
  let damaged = text;
  do damaged = damageOnce(damaged, random);
  while (random() < 1 / 3);
  return damaged;
}

function damageOnce(text: string, random: Random): string {
  const lines = text.split(/(?<=\n)/);
  const at = Math.floor(random() * lines.length);
  switch (Math.floor(random() * 5)) {
    case 0:
      return [...lines.slice(0, at), ...lines.slice(at + 1)].join("");
    case 1:
      return [...lines.slice(0, at), lines[at], ...lines.slice(at)].join("");
    case 2:
      return [...lines.slice(0, at), `// ${lines[at]}`, ...lines.slice(at + 1)].join("");
    case 3:
      return lines.slice(0, at + 1).join("");
    default: {
      const offset = Math.floor(random() * text.length);
      return text.slice(0, offset) + text.slice(offset + 1);
    }
  }
}

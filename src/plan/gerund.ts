/** Verbs of several syllables whose last consonant is doubled: the stress is on their last syllable, or British usage has it so. */
const DOUBLED =
  /^(?:abut|admit|allot|begin|cancel|commit|compel|concur|control|defer|dispel|emit|equip|excel|expel|forget|format|infer|input|label|model|occur|offset|omit|outrun|output|patrol|permit|prefer|propel|rebut|refer|regret|remap|repot|rerun|reset|resubmit|signal|submit|total|transfer|transmit|travel|unplug|unwrap|unzip|upset)$/;

/** Words with which names of functions begin that are no verbs. */
const NO_VERBS =
  /^(?:a|after|all|an|and|any|as|async|at|before|by|can|cb|do|for|from|has|if|in|is|it|main|my|new|no|not|of|on|or|out|should|the|then|to|try|until|up|when|will|with)$/;

/**
 * The form of a verb that says it goes on: `save` → `saving`, `get` → `getting`, `die` → `dying`.
 *
 * @param verb a word in lower case
 * @returns `null` for a word that is no verb
 */
export function gerundOf(verb: string): string | null {
  if (NO_VERBS.test(verb) || !/^[a-z]{2,}$/.test(verb)) return null;
  if (/ie$/.test(verb)) return `${verb.slice(0, -2)}ying`;
  if (/[^eoy]e$/.test(verb) && verb !== "be") return `${verb.slice(0, -1)}ing`;
  if (/(?:panic|mimic|traffic|picnic)$/.test(verb)) return `${verb}king`;
  // The u behind a q is no vowel.
  const isShort = /^[^aeiouy]*[aeiouy][bdfgk-nprstvz]$/.test(verb.replaceAll("qu", "q"));
  return isShort || DOUBLED.test(verb) ? `${verb}${verb.at(-1)!}ing` : `${verb}ing`;
}

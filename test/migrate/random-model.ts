/** A program as data, from which its text is printed; smaller data is a smaller program, so that fast-check can shrink it. */
export interface Program {
  readonly units: readonly Unit[];
  /** Statements of the module itself. */
  readonly top: readonly Statement[];
  /** Ticks that the operations take, over and over again. */
  readonly delays: readonly number[];
}

/** A function, or a class with a method. */
export interface Unit {
  readonly form: "function" | "const" | "method" | "static";
  readonly body: readonly Statement[];
  readonly returnsText: boolean;
}

export type Stem = "Query" | "Read" | "Write";

export type Statement = Note | Inline | AtOnce | Group | Chain | Rounds | Branch | Switch | Loop | Try | Call | Return;

export interface Note {
  readonly kind: "note";
}

/** A Begin without a callback, and its End further down. */
export interface Inline {
  readonly kind: "inline";
  readonly stem: Stem;
  readonly isDeclaredFirst: boolean;
  readonly between: readonly Statement[];
  readonly wait: "none" | "wait" | "poll" | "time-out" | "time span";
  readonly patience: number;
  /** Returns before the End if the buffer, which has 8 bytes, is longer. */
  readonly returnsAbove: number | null;
  readonly isGuarded: boolean;
}

/** A Begin in the argument of its End. */
export interface AtOnce {
  readonly kind: "at once";
  readonly stem: Stem;
}

/** Several operations at a time, and a wait for all of them or any. */
export interface Group {
  readonly kind: "group";
  readonly stems: readonly Stem[];
  readonly wait: "all" | "any";
  readonly patience: number | null;
  readonly hasList: boolean;
  readonly between: readonly Statement[];
  readonly isGuarded: boolean;
}

export type Form =
  | "arrow"
  | "function expression"
  | "named"
  | "delegate"
  | "const"
  | "delegate const"
  | "forwarded"
  | "bound"
  | "forwarded to a method"
  | "arrow field";

/** One callback of a chain. */
export interface Link {
  readonly stem: Stem;
  readonly form: Form;
  readonly state: "null" | "text" | "object" | "channel";
  readonly stateRead: "first" | "last" | "destructured";
  readonly isNoted: boolean;
  readonly end: "direct" | "const" | "helper";
  readonly guard: "none" | "catch" | "finally" | "catch and finally";
  /** Leaves the chain if the buffer is longer. */
  readonly leavesAbove: number | null;
  readonly next: "inside" | "after" | "in a branch";
  readonly set: "at the end" | "in the try" | "in the finally";
  readonly isNotedAfterSet: boolean;
}

/** Operations each of which is begun by the callback of the one before, and a wait for the last of them. */
export interface Chain {
  readonly kind: "chain";
  readonly links: readonly Link[];
  readonly event: "none" | "local" | "shared" | "handle";
  readonly isAuto: boolean;
  readonly isReset: boolean;
  /** Begins in a function of its own, and waits in its caller. */
  readonly hasStarter: boolean;
  /** Begins the first operation once more, with the same callback. */
  readonly isTwice: boolean;
  readonly between: readonly Statement[];
}

/** A callback that begins its own operation again. */
export interface Rounds {
  readonly kind: "rounds";
  readonly stem: Stem;
  readonly form: "named" | "delegate" | "const" | "bound" | "forwarded to a method";
  readonly event: "none" | "local" | "shared";
  readonly rounds: number;
  readonly isGuarded: boolean;
  readonly returnsFirst: boolean;
  /** Works between the Begin and the wait. */
  readonly isOverlapped: boolean;
}

export interface Branch {
  readonly kind: "if";
  readonly above: number;
  readonly then: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface Switch {
  readonly kind: "switch";
  readonly value: number;
  readonly then: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

export interface Loop {
  readonly kind: "loop";
  readonly style: "for" | "while" | "do" | "for of" | "for each";
  readonly body: readonly Statement[];
  readonly exit: "none" | "break" | "continue";
}

export interface Try {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handler: readonly Statement[] | null;
  readonly last: readonly Statement[] | null;
}

/** A call of a unit that stands before this one. */
export interface Call {
  readonly kind: "call";
  readonly which: number;
  readonly use: "statement" | "traced" | "condition" | "constant";
}

export interface Return {
  readonly kind: "return";
  readonly above: number;
}

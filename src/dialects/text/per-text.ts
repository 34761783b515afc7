/**
 * What is known of the text that is looked at. All rules ask about one file after the other, so what one of them made of the text serves
 * the next. A text is known by its characters: a host may hand out one and the same object for all files.
 */

let current: string | undefined;
/** What each function below made of the current text, by the function's number. */
let made: unknown[] = [];
let functions = 0;

/**
 * Remembers what a function makes of a text until another text is asked about, here or by any other such function.
 *
 * @param compute gives anything but `undefined`; what it throws is passed on, and the next question computes anew.
 */
export function perText<Value extends object | boolean>(compute: (text: string) => Value): (text: string) => Value {
  const number = functions++;
  return (text) => {
    if (text !== current) {
      current = text;
      made = [];
    }
    let value = made[number] as Value | undefined;
    if (value === undefined) {
      const ofThisText = made;
      value = compute(text);
      // Whoever asked about another text meanwhile may have overwritten what the value stands for.
      if (made === ofThisText) made[number] = value;
    }
    return value;
  };
}

/** Lets go of the text and of all that is known of it: its file is done with. */
export function forgetText(): void {
  current = undefined;
  made = [];
}

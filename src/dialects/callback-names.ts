/** How code names a completion parameter: the function by which another one says that it is done. */
export const COMPLETION_NAME: RegExp = /^(?:_*(?:cb|callback|done|finish(?:ed)?|next)|[\w$]+(?:Callback|Cb|Done))$/;

/** Such a name in a text, where a parameter may end behind it. */
export const COMPLETION_NAME_IN_TEXT: RegExp =
  /(?:^|[^\w$.])(?:_*(?:cb|callback|done|finish(?:ed)?|next)|[\w$]+(?:Callback|Cb|Done))\s*[),:?=/]/;

/** Words of which one is in every such name. */
export const COMPLETION_WORDS: readonly string[] = [
  "cb",
  "Cb",
  "callback",
  "Callback",
  "done",
  "Done",
  "finish",
  "next",
];

/** How code names functions that are called back, whatever for. */
export const CALLBACK_NAME: RegExp =
  /^(?:_*(?:cb|callback|done|finish(?:ed)?|next)|fn|on[A-Z]\w*|[\w$]+(?:Callback|Cb|Done)|\w*Handler)$/;

/** How code names file descriptors. */
export const DESCRIPTOR_NAME: RegExp = /(?:^|_)fd\d*$|Fd\d*$|(?:^|_|file)descriptor$/i;

/** How handlers of web servers name what they answer with. */
export const RESPONSE_NAME: RegExp = /^_?(?:res|resp|response|reply)$/;

/** How code names functions that are called back. */
export const CALLBACK_NAME: RegExp = /^(?:cb|callback|done|next|fn|on[A-Z]\w*|\w*(?:Callback|Handler))$/;

/** How code names file descriptors. */
export const DESCRIPTOR_NAME: RegExp = /(?:^|_)fd\d*$|Fd\d*$|(?:^|_|file)descriptor$/i;

/** How handlers of web servers name what they answer with. */
export const RESPONSE_NAME: RegExp = /^_?(?:res|resp|response|reply)$/;

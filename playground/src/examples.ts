/** What the page offers to begin with. The ports are the files that the tests run. */
import callbacks from "./examples/callbacks.mjs?raw";
import done from "./examples/done.cjs?raw";
import events from "./examples/events.ts?raw";
import lambda from "./examples/lambda.cjs?raw";
import poll from "./examples/poll.ts?raw";
import refused from "./examples/refused.ts?raw";
import eapClient from "../../fixtures/seeds/eap-client.ts?raw";
import s3BeginEnd from "../../fixtures/seeds/s3-begin-end.ts?raw";
import s3BlockingMain from "../../fixtures/seeds/s3-tap-blocking-main.ts?raw";
import serviceClient from "../../fixtures/seeds/service-client.ts?raw";
import socketClient from "../../fixtures/seeds/socket-client.ts?raw";
import webClient from "../../fixtures/seeds/web-client.ts?raw";

export interface Example {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

/** The examples, by the headings that they stand under. */
export const EXAMPLES: readonly { readonly heading: string; readonly examples: readonly Example[] }[] = [
  {
    heading: "Callbacks",
    examples: [
      { id: "lambda", title: "AWS Lambda handler with a callback", file: "handler.cjs", code: lambda },
      { id: "callbacks", title: "Callbacks of Node.js, one in another", file: "start.mjs", code: callbacks },
      { id: "done", title: "Tests that call done", file: "settings.test.cjs", code: done },
    ],
  },
  {
    heading: "Ways of .NET",
    examples: [
      { id: "poll", title: "Begin/End: a loop that polls", file: "upload.ts", code: poll },
      { id: "events", title: "A completed event", file: "downloader.ts", code: events },
      { id: "refused", title: "What stays, and why", file: "refused.ts", code: refused },
    ],
  },
  {
    heading: "Ports of examples from .NET",
    examples: [
      { id: "s3-begin-end", title: "AWS SDK for .NET, Begin/End", file: "s3-begin-end.ts", code: s3BeginEnd },
      { id: "s3-blocking", title: "AWS SDK for .NET, a Main that blocks", file: "s3-main.ts", code: s3BlockingMain },
      { id: "socket", title: "Asynchronous client socket", file: "socket-client.ts", code: socketClient },
      { id: "web-client", title: "WebClient, completed events", file: "web-client.ts", code: webClient },
      { id: "eap-client", title: "Client of an event-based class", file: "eap-client.ts", code: eapClient },
      { id: "service", title: "Client of a WCF service", file: "service-client.ts", code: serviceClient },
    ],
  },
];

export const FIRST_EXAMPLE = EXAMPLES[0]!.examples[0]!;

export function exampleOf(id: string): Example | null {
  return EXAMPLES.flatMap(({ examples }) => examples).find((example) => example.id === id) ?? null;
}

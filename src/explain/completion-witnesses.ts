import type { TSESTree } from "../ast/source.ts";
import type { ExportingHost } from "../dialects/completion-parameters.ts";
import type { CompletionSite } from "../recognize/completion/completion-sites.ts";
import { handlerWitnessesOf, type HandlerWitness } from "../recognize/completion/handler-witnesses.ts";
import type { HostedFunction } from "../recognize/completion/hosted-functions.ts";
import { testCallAt, type TestCall } from "../recognize/completion/test-functions.ts";
import type { Context } from "../recognize/context.ts";

/** Why a function is believed to be called with a completion parameter. */
export function completionWitnesses(context: Context, { host }: CompletionSite): string[] {
  if (host === null)
    return [
      "Its last parameter has the name of a callback.",
      "That is called with nothing or an error first, or handed on to what calls it so.",
    ];
  const { caller, fn } = host;
  if ("functions" in caller) return testWitnesses(context, host);
  if (!("exports" in caller))
    return [
      `It is given to a function of the library ${caller.name} that calls what it is given.`,
      "Its last parameter stands where a callback is passed.",
    ];
  return [
    "The module exports it.",
    ...handlerWitnessesOf(context, caller, fn).map((witness) => handlerWitness(caller, witness)),
  ];
}

function handlerWitness({ name, types }: ExportingHost, witness: HandlerWitness): string {
  switch (witness) {
    case "types":
      return `It, or a parameter of it, has a type of the module ${types}.`;
    case "name":
      return `It is exported under the usual name of what ${name} calls.`;
    case "parameters":
      return `Its parameters are named as those of what ${name} calls.`;
    case "file":
      return `The file is made for ${name}: a setting, a module or a member of one of its objects says so.`;
    case "deployment":
      return `What describes the deployment says that ${name} calls it.`;
  }
}

function testWitnesses(context: Context, { given }: HostedFunction): string[] {
  const tests = [...given].flatMap(({ parent }) => testCallAt(context, parent as TSESTree.CallExpression) ?? []);
  return [...new Set(tests.flatMap((test) => [givenTo(test), placeOf(test)]))];
}

function givenTo({ called, isImported, runner }: TestCall): string {
  return isImported
    ? `It is given to ${called}(…), which comes from a module of ${runner.name}.`
    : `It is given to ${called}(…), a global in a file that holds tests by its path, its imports or the packages that are asked for.`;
}

function placeOf({ rowSize, runner }: TestCall): string {
  if (rowSize === null) return "Its last parameter has the name of a callback.";
  return runner.hasCompletion
    ? "Its parameter stands where a callback is passed."
    : `Its parameter is used as a callback, and ${runner.name} passes an object in its place.`;
}

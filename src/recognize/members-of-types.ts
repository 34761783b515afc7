import { keyName } from "../ast/names.ts";
import { nodesOf } from "../ast/node-index.ts";
import type { TSESTree } from "../ast/source.ts";
import type { Context } from "./context.ts";

/** A member of a class, an interface or an object type. */
export type Member = TSESTree.ClassElement | TSESTree.TypeElement;

const members = new WeakMap<Context, ReadonlyMap<string, readonly Member[]>>();

/** What the classes and interfaces of a file that go by a name declare, merged as TypeScript merges them. */
export function membersOfType(context: Context, typeName: string): readonly Member[] {
  let known = members.get(context);
  if (known === undefined) {
    const byName = new Map<string, Member[]>();
    const index = nodesOf(context.source);
    for (const owner of [
      ...index.of("ClassDeclaration"),
      ...index.of("ClassExpression"),
      ...index.of("TSInterfaceDeclaration"),
    ]) {
      if (owner.id !== null) byName.set(owner.id.name, [...(byName.get(owner.id.name) ?? []), ...owner.body.body]);
    }
    members.set(context, (known = byName));
  }
  return known.get(typeName) ?? [];
}

/** The members of a name among those of a type. */
export function membersNamed(all: readonly Member[], name: string): readonly Member[] {
  return all.filter(
    (member) => "key" in member && keyName(member as { key: TSESTree.Node; computed: boolean }) === name,
  );
}

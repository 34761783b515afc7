import type { OperationContractOptions } from "../../fixtures/runtime/index.ts";
import { OperationContract, ServiceContract, type ServiceContractOptions } from "../../fixtures/runtime/index.ts";

type Operations<T> = { readonly [Name in keyof T & string]?: OperationContractOptions };

/**
 * Applies the attributes of a service contract to a class, as decorators in its source would: what vitest makes of a test file
 * leaves decorators as they are, and Node.js has none yet. Programs that are transpiled by this harness can be written with them.
 * @returns the class
 */
export function asService<T extends object, C extends new (...args: never[]) => T>(
  service: C & (new (...args: never[]) => T),
  operations: Operations<T>,
  options: ServiceContractOptions = {},
): C {
  const members = service.prototype as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>;
  for (const [name, mark] of Object.entries(operations) as [string, OperationContractOptions][]) {
    const context = { kind: "method", name, static: false, private: false } as ClassMethodDecoratorContext;
    OperationContract(mark)(members[name]!, context);
  }
  ServiceContract(options)(service as never, { kind: "class", name: service.name } as ClassDecoratorContext);
  return service;
}

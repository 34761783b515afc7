/**
 * Decorators that register what they stand at, or describe it, and leave it as it is: whoever calls the method takes a promise as well, or
 * looks at no result. Sources: the documentation of the frameworks.
 */

/** Modules, or objects of a host, all of whose decorators are such. */
export const REGISTERING_MODULES: ReadonlySet<string> = new Set([
  "@angular/core",
  "@nestjs/common",
  "@nestjs/swagger",
  "@nestjs/microservices",
  "cc",
  "class-transformer",
  "class-validator",
  "inversify",
  "routing-controllers",
  "tsyringe",
  "typeorm",
]);

/** Decorators of the contract of a service. */
export const SERVICE_DECORATORS: ReadonlySet<string> = new Set(["ServiceContract", "serviceContract"]);

import type { Maker } from "./dialect.ts";

/** What a text has to name for an object to be made: modules, and methods of any object. */
export interface MakerRoots {
  readonly modules: readonly string[];
  readonly methods: readonly string[];
}

/** The modules, or methods of any object, with which all ways to an object begin. */
export function rootsOf(makers: readonly Maker[]): MakerRoots {
  const roots = makers.map((maker): MakerRoots => {
    switch (maker.kind) {
      case "export":
        return { modules: maker.modules, methods: [] };
      case "method":
        return maker.of === null ? { modules: [], methods: maker.names } : rootsOf(maker.of);
      case "instance":
      case "member":
        return rootsOf(maker.of);
      case "itself":
        return { modules: [], methods: [] };
    }
  });
  return {
    modules: [...new Set(roots.flatMap(({ modules }) => modules))],
    methods: [...new Set(roots.flatMap(({ methods }) => methods))],
  };
}

/** Whether a module is one of a list, in which those that end in `/` stand for all below them. */
export function isModuleOf(modules: readonly string[], module: string): boolean {
  return modules.some((each) => (each.endsWith("/") ? module.startsWith(each) : module === each));
}

// The typed cases of the rule tests are parsed under this name.
export {};

// @ts-check
// What every jscodeshift transform that looks at the tree costs: parse the file, find nothing, print it.
module.exports = function noOp(file, { jscodeshift }) {
  return jscodeshift
    .withParser(/\.[cm]?ts$/.test(file.path) ? "ts" : "tsx")(file.source)
    .toSource();
};

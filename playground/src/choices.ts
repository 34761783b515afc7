/** What can be chosen, as the core tells it. Its modules with these lists are small; the page itself needs no more of the core. */
export { HOST_NAMES } from "../../dist/src/dialects/settings.js";
export { TARGETS } from "../../dist/src/plan/types.js";

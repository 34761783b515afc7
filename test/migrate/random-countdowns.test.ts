import { testRandomPrograms } from "./random-tests.ts";

testRandomPrograms("countdowns");

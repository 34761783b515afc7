import { testRandomPrograms } from "./random-tests.ts";

testRandomPrograms("Begin and End");

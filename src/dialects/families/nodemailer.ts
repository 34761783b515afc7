import { alike, errorFirst, type AwaitedForm, type Dialect, type Maker, type OperationForm } from "../dialect.ts";

const SAME: AwaitedForm = { kind: "sameCall", gives: "value" };

function same(value: string): OperationForm {
  return { ...errorFirst(value), awaited: SAME, returns: "nothing", isCallbackOptional: true };
}

const MODULES = ["nodemailer"];
const TRANSPORTER: readonly Maker[] = [{ kind: "export", how: "call", modules: MODULES, names: ["createTransport"] }];

/** `nodemailer`, which gives a promise where it is given no callback. Source: its documentation, "Usage" and "Testing SMTP". */
export const NODEMAILER: readonly Dialect[] = [
  {
    name: "nodemailer",
    starts: [{ kind: "module", modules: MODULES }],
    operations: new Map(alike("createTestAccount", same("account"))),
  },
  {
    name: "Transporters of nodemailer",
    starts: [{ kind: "made", by: TRANSPORTER }],
    operations: new Map([...alike("sendMail", same("info")), ...alike("verify", same("success"))]),
  },
];

import { errorFirst, type Dialect, type Maker } from "../dialect.ts";

/** All clients are classes of the module; what else it has in capitals is none. */
const CLIENT: readonly Maker[] = [
  {
    kind: "export",
    how: "new",
    modules: ["aws-sdk"],
    names: ["DynamoDB.DocumentClient"],
    like: {
      name: /^[A-Z]\w*$/,
      except: new Set([
        ...[
          "ChainableTemporaryCredentials",
          "CognitoIdentityCredentials",
          "Config",
          "CredentialProviderChain",
          "Credentials",
        ],
        ...["EC2MetadataCredentials", "ECSCredentials", "Endpoint", "EnvironmentCredentials", "FileSystemCredentials"],
        ...["HttpClient", "HttpRequest", "HttpResponse", "MetadataService", "ProcessCredentials", "RemoteCredentials"],
        ...["Request", "Response", "SAMLCredentials", "Service", "SharedIniFileCredentials", "SsoCredentials"],
        ...[
          "TemporaryCredentials",
          "Token",
          "TokenFileWebIdentityCredentials",
          "TokenProviderChain",
          "WebIdentityCredentials",
        ],
      ]),
    },
  },
  { kind: "export", how: "new", modules: ["aws-sdk/clients/"], names: ["", "DocumentClient"] },
];

/**
 * The AWS SDK for JavaScript, version 2: every method of a client is an operation, of which nothing is sent without a callback until its
 * request is told to. Source: its developer guide, "Calling Services Asynchronously", and `AWS.Request` in its reference.
 */
export const AWS_SDK: Dialect = {
  name: "AWS SDK 2",
  starts: [{ kind: "made", by: CLIENT }],
  operations: new Map(),
  others: {
    name: /^[a-z]\w*$/,
    // They give something else, or nothing.
    except: new Set([
      ...[
        "addNamedListener",
        "addNamedListeners",
        "addListener",
        "createPresignedPost",
        "createSet",
        "customizeRequests",
        "emit",
      ],
      ...["getSignedUrl", "getSignedUrlPromise", "makeRequest", "makeUnauthenticatedRequest", "on", "removeListener"],
      ...["setupRequestListeners", "valueOf", "toString"],
    ]),
    form: {
      ...errorFirst("data"),
      awaited: { kind: "chained", method: "promise", gives: "value" },
      unsent: { isSentByAwait: false, chain: [], sentBy: "promise()" },
      returns: "handle",
      isCallbackOptional: true,
      valuesAfterError: "null",
    },
  },
};

// The part of the AWS SDK 2 that programs with callbacks see: a request is sent by a callback, by `send` or by `promise`, and never else.
const objects = new Map([["a.txt", "text of a"]]);

class Request {
  constructor(work) {
    this.work = work;
  }

  send(callback) {
    setTimeout(() => {
      const { error = null, data = null } = this.work();
      callback.call({ requestId: 1 }, error, data);
    }, 1);
  }

  promise() {
    return new Promise((resolve, reject) => this.send((error, data) => (error ? reject(error) : resolve(data))));
  }
}

function operation(work) {
  return (...given) => {
    const callback = typeof given.at(-1) === "function" ? given.pop() : undefined;
    const request = new Request(() => work(...given));
    if (callback !== undefined) request.send(callback);
    return request;
  };
}

exports.S3 = class S3 {
  getObject = operation(({ Key }) =>
    objects.has(Key)
      ? { data: { Body: objects.get(Key) } }
      : { error: Object.assign(new Error(`no such key: ${Key}`), { code: "NoSuchKey" }) },
  );
  listBuckets = operation(() => ({ data: { Buckets: [{ Name: "notes" }] } }));
  createBucket = operation(({ Bucket }) => ({ data: { Location: `/${Bucket}` } }));
  waitFor = operation(() => ({ data: {} }));
  upload = operation(({ Body, Key }) => {
    objects.set(Key, Body);
    return { data: { Key } };
  });
  putObject = operation(({ Body, Key }) => {
    objects.set(Key, Body);
    return { data: { ETag: `"${Body.length}"` } };
  });
};

// The part of the driver that programs with callbacks see: of version 4, with a callback or a promise. Version 6 gives the promise alone.
const orders = [{ id: 1, name: "pen" }];

function operation(work) {
  return (...args) => {
    const callback = typeof args.at(-1) === "function" ? args.pop() : null;
    const promise = new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          resolve(work(...args));
        } catch (error) {
          reject(error);
        }
      }, 1);
    });
    if (callback === null) return promise;
    promise.then(
      (value) => process.nextTick(callback, null, value),
      (error) => process.nextTick(callback, error),
    );
    return undefined;
  };
}

const collection = {
  findOne: operation(({ id }) => orders.find((each) => each.id === id) ?? null),
  insertOne: operation((order) => {
    if (orders.some(({ id }) => id === order.id)) throw new Error(`duplicate key: ${order.id}`);
    orders.push(order);
    return { acknowledged: true, insertedId: order.id };
  }),
  find: () => ({ toArray: operation(() => [...orders]) }),
};

exports.MongoClient = class MongoClient {
  static connect = operation(() => new exports.MongoClient());
  connect = operation(() => this);
  close = operation(() => undefined);
  db = () => ({ collection: () => collection });
};

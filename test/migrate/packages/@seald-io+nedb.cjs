// The part of NeDB that programs with callbacks see: beside each method with a callback there is one with a promise.
class Cursor {
  constructor(docs) {
    this.docs = docs;
  }

  sort() {
    this.docs = [...this.docs].sort((a, b) => a.n - b.n);
    return this;
  }

  exec(callback) {
    setTimeout(() => callback(null, this.docs), 1);
  }

  async execAsync() {
    return new Promise((resolve) => setTimeout(() => resolve(this.docs), 1));
  }
}

module.exports = class Datastore {
  docs = [];

  async insertAsync(doc) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (this.docs.some(({ _id }) => _id === doc._id)) throw new Error(`unique constraint: ${doc._id}`);
    this.docs.push(doc);
    return doc;
  }

  insert(doc, callback) {
    this.insertAsync(doc).then(
      (value) => process.nextTick(callback, null, value),
      (error) => process.nextTick(callback, error),
    );
  }

  async updateAsync(query, { n }) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    for (const doc of this.docs) doc.n = n;
    return { numAffected: this.docs.length, affectedDocuments: null, upsert: false };
  }

  update(query, update, callback) {
    this.updateAsync(query, update).then(
      (given) => process.nextTick(callback, null, given.numAffected, given.affectedDocuments, given.upsert),
      (error) => process.nextTick(callback, error),
    );
  }

  find() {
    return new Cursor(this.docs);
  }
};

// The part of supertest that programs with callbacks see: `end` sends once, and gives the response beside the error of what was expected of it.
class Test {
  constructor(app, url) {
    Object.assign(this, { app, url, expected: [] });
  }

  set() {
    return this;
  }

  expect(first, ...more) {
    if (typeof first === "function") this.expected.push(first);
    else {
      this.expected.push(({ status }) => {
        if (status !== first) throw new Error(`expected ${first}, got ${status}`);
      });
      if (typeof more.at(-1) === "function") this.end(more.at(-1));
    }
    return this;
  }

  end(callback) {
    if (this.isSent) throw new Error(".end() was called twice.");
    this.isSent = true;
    setTimeout(() => {
      const response = this.app(this.url);
      let failure = null;
      for (const check of this.expected) {
        try {
          if (failure === null) check(response);
        } catch (error) {
          failure = error;
        }
      }
      callback.call(this, failure, response);
    }, 1);
    return this;
  }

  then(...reactions) {
    this.promise ??= new Promise((resolve, reject) => {
      this.end((error, response) => (error ? reject(error) : resolve(response)));
    });
    return this.promise.then(...reactions);
  }
}

module.exports = (app) => ({ get: (url) => new Test(app, url), post: (url) => new Test(app, url) });

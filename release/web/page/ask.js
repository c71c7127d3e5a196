// The worker that runs the program: what it is asked, and what it refuses.

const worker = {
  waiting: new Map(),
  number: 0,

  begin() {
    const source = new Blob([byId("worker").textContent], { type: "text/javascript" });
    this.thread = new Worker(URL.createObjectURL(source));
    this.thread.onmessage = ({ data }) => {
      const { resolve, reject } = this.waiting.get(data.number);
      this.waiting.delete(data.number);
      if (data.failed === undefined) resolve(data);
      else reject(data.isOurs ? new Problem(data.failed) : new Error(data.failed));
    };
    this.thread.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.waiting.values()) reject(new Error(event.message));
      this.waiting.clear();
    };
    return this.call("start", { module: byId("module").textContent });
  },

  /** `moved` are bytes that the page has no more use for: they are handed over, not copied. */
  call(action, details = {}, moved = []) {
    const number = ++this.number;
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject });
      this.thread.postMessage({ number, action, ...details }, moved.map(({ buffer }) => buffer));
    });
  },
};

/** The answers to requests; a refusal of any of them is thrown. */
async function ask(requests, details = {}) {
  const { answers, changes } = await worker.call("ask", { requests, ...details });
  if (opened) opened.changes = changes;
  const refused = answers.find((one) => one.answer === "refused");
  if (refused) throw refusal(refused);
  return answers;
}

/** A refusal in the words of the write page. */
const refusal = (refused) => new Problem(writeMake.advice(refused));

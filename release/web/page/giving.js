// Makes what is given to somebody.

/** Makes something, and says what it leaves out. */
async function produce(request, inputs) {
  const { answer } = await worker.call("make", { request, inputs });
  if (answer.answer === "refused") throw refusal(answer);
  return answer;
}

const audience = () => byId("audience").value;

async function showPages() {
  const { remarks } = await produce({ request: "site", audience: audience() });
  viewed.before = [];
  await view("index.html");
  byId("frame").focus();
  return remarks.join(" ");
}

const GIVEN = {
  async pack() {
    const { file } = await produce({ request: "pack", audience: "assessor" });
    const { bytes } = await worker.call("result", { kind: "pack", file });
    download(fileName(".html"), bytes, "text/html");
    return "The page is in your downloads. It is for the assessor.";
  },
  async "with-program"() {
    const inputs = new Map([["program.html", new TextEncoder().encode(ownPage())]]);
    const { file, name, left_out: leftOut, differences } = await produce({ request: "pack-with-program", program: "/input/program.html" }, inputs);
    const { bytes } = await worker.call("result", { kind: "pack-with-program", file });
    download(name, bytes, "text/html");
    return ["The page is in your downloads. It is for the assessor.", ...leftOut, ...differences.map((one) => `${one}.`)].join(" ");
  },
  async site() {
    const { files, remarks } = await produce({ request: "site", audience: audience() });
    const { bytes } = await worker.call("result", { kind: "site" });
    download(fileName("-site.zip"), bytes);
    return [`The site is in your downloads: ${counted(files, "file")}.`, ...remarks].join(" ");
  },
  async "hand-in"() {
    const { file, is_draft: isDraft } = await produce({ request: "hand-in" });
    const { bytes } = await worker.call("result", { kind: "hand-in", file });
    download(file.split("/").pop(), bytes);
    return `The zip file is in your downloads.${isDraft ? " It is a draft, and its cover page says so: the portfolio is not ready for the gateway." : ""}`;
  },
};

import { expect } from "chai";
import fc from "fast-check";
import { elementsAt, parseXml, textAt } from "../../../functions/aws/xml";

const answer = `<?xml version="1.0" encoding="UTF-8"?>
<!-- an answer -->
<Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/">
  <Groups>
    <member><Name>one &amp; two</Name><Empty/><Reason>&lt;a&gt; &#233;&#xe9; &quot;b&apos; &unknown;</Reason></member>
    <member><Name>three</Name></member>
  </Groups>
</Response>
`;

function failureOf(text: string): string {
  try {
    parseXml(text);
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
}

describe("parseXml", () => {
  it("reads elements, text and entities, whatever is between them", () => {
    const root = parseXml(answer);
    expect(root.name).to.equal("Response");
    expect(elementsAt(root, "Groups", "member").map((one) => textAt(one, "Name"))).to.deep.equal([
      "one & two",
      "three",
    ]);
    expect(textAt(root, "Groups", "member", "Reason")).to.equal(`<a> éé "b' &unknown;`);
    expect(textAt(root, "Groups", "member", "Empty")).to.equal("");
    expect(root.text).to.equal("");
  });

  it("finds nothing at a path that does not exist", () => {
    const root = parseXml(answer);
    expect(textAt(root, "Groups", "other")).to.equal(undefined);
    expect(elementsAt(root, "other", "member")).to.deep.equal([]);
  });

  it("refuses a document that is truncated, at every character", () => {
    const whole = answer.trimEnd();
    for (let end = 0; end < whole.length; end++) {
      expect(failureOf(whole.slice(0, end)), `cut at ${end}`).to.contain(
        "must be a whole document",
      );
    }
  });

  const broken: readonly (readonly [title: string, text: string, message: string])[] = [
    ["nothing", "", 'XML: must be a whole document, got "" at character 0'],
    [
      "text that is not XML",
      "502 Bad Gateway",
      'XML: must be a whole document, got "502 Bad Gateway" at character 0',
    ],
    [
      "an end tag without a start tag",
      "</a>",
      'XML: must be a whole document, got "</a>" at character 0',
    ],
    ["two documents", "<a/><b/>", 'XML: must be a whole document, got "" at character 8'],
    [
      "one followed by an open element",
      "<a/><b>",
      'XML: must be a whole document, got "" at character 7',
    ],
    [
      "crossed elements",
      "<a><b></a></b>",
      'XML: must be a whole document, got "</a></b>" at character 6',
    ],
    ["a page of HTML", "<p>a<br>b</p>", 'XML: must be a whole document, got "</p>" at character 9'],
  ];
  for (const [title, text, message] of broken) {
    it(`refuses ${title}`, () => {
      expect(failureOf(text)).to.equal(message);
    });
  }

  it("returns any text that was escaped correctly", () => {
    const escaped = (text: string): string =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" })), (texts) => {
        const items = texts.map((text) => `<item>${escaped(text)}</item>`).join("");
        const root = parseXml(`<list>${items}</list>`);
        expect(elementsAt(root, "item").map(({ text }) => text)).to.deep.equal(
          texts.map((text) => text.trim()),
        );
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { Footer } from "../../../src/parts/footer/footer.js";
import { footer } from "../../fixtures.js";
import { all, draw, words } from "../../page.js";

describe("the footer", () => {
  const el = () => draw(<Footer footer={footer()} />);

  it("says what slots and process take", () => {
    expect(words(el())).toContain("Slots 1.4 MB");
    expect(words(el())).toContain("Process 350 MB, peak 420 MB");
  });

  it("says on request what the memory is for", () => {
    const titles = all(el(), "[title]").map((part) => part.getAttribute("title"));
    expect(titles.join("; ")).toContain("Loaded tables 2.0 MB, waiting requests 3 kB");
  });

  it("says which version this is, and whose rules these are", () => {
    expect(words(el())).toContain("9.8.7");
    expect(words(el())).toContain("Creative Commons Attribution 4.0");
  });

  it("loads nothing and leads nowhere", () => {
    expect(all(el(), "a, img, link, iframe, script")).toEqual([]);
  });
});

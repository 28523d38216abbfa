import { Marked } from "marked";
import type { Paper } from "./paper.ts";

const STYLE = `
@page { size: letter; margin: 18mm; }
* { box-sizing: border-box; }
body { font: 11.5pt/1.45 "Source Sans 3", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1a1a1a; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.7em; line-height: 1.15; margin: 0 0 .6em; }
h2 { font-size: 1.2em; margin: 1.5em 0 .4em; break-after: avoid; border-bottom: 1px solid #999; padding-bottom: .15em; }
h3 { font-size: 1.02em; margin: 1.2em 0 .3em; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: .92em; margin: .6em 0; }
th, td { text-align: left; vertical-align: top; border: 1px solid #aaa; padding: .35em .5em; }
td:empty { height: 2.4em; }
th { background: #eee; }
tr, li, blockquote { break-inside: avoid; }
blockquote { margin: .5em 0; padding: .3em .8em; border-left: 3px solid #666; }
li { margin: .25em 0; }
ul.boxes { list-style: none; padding-left: 0; }
hr { border: 0; border-top: 1px solid #999; margin: 1.4em 0; }
.large { font-size: 18pt; max-width: none; }
.large table { font-size: .9em; }
.poster { text-align: center; font-size: 17pt; }
.poster h1 { font-size: 2.3em; margin: 0 0 .3em; }
.poster h2 { border: 0; }
.poster ul { list-style: none; padding: 0; }
.card { font-size: 11pt; max-width: 90mm; border: 1px dashed #777; padding: 5mm; }
.card h1 { font-size: 1.2em; }
p { margin: .65em 0; }
@page sheet { margin: 10mm 12mm; }
.sheet { page: sheet; font-size: 7.4pt; line-height: 1.2; max-width: 52rem; padding-right: 1pt; }
.sheet h1 { font-size: 1.6em; margin: 0 0 .3em; }
.sheet h2 { font-size: 1.1em; margin: .6em 0 .15em; border: 0; }
.sheet p { margin: .25em 0; }
.sheet table { margin: .2em 0; }
.sheet th, .sheet td { padding: .08em .35em; }
.sheet td:empty { height: auto; }
.sheet footer { margin-top: .8em; }
footer { margin-top: 1.6em; font-size: .75em; color: #555; }
@media print { body { margin: 0; padding: 0; max-width: none; } .card { max-width: 90mm; } }
`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const markdown = new Marked({ gfm: true, async: false });

/** The paper as one HTML file that prints as it stands: no script, nothing loaded from anywhere. */
export function page(paper: Paper): string {
  const body = (markdown.parse(paper.markdown) as string).replace(/<ul>(?=\s*<li>(?:<p>)?☐)/g, '<ul class="boxes">');
  const classes = [paper.large ? "large" : "", paper.layout ?? ""].filter(Boolean).join(" ");
  return `<!doctype html>
<html lang="${paper.language}-CA">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(paper.title)}</title>
<style>${STYLE}</style>
</head>
<body class="${classes}">
${body}<footer>${escaped(paper.footer)}</footer>
</body>
</html>
`;
}

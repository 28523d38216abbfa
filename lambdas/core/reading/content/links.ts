import type { Folded } from "../fold.ts";

/** Domains that hide where a link leads; carriers in the United States and Canada filter texts that carry them. */
const SHORTENERS =
  "bit.ly,bitly.com,j.mp,tinyurl.com,t.co,is.gd,v.gd,ow.ly,goo.gl,buff.ly,rebrand.ly,cutt.ly,shorturl.at,shorturl.com,rb.gy,t.ly,tiny.cc,tiny.one,lnkd.in,bl.ink,s.id,shorte.st,adf.ly,snip.ly,qr.co,qrco.de,qrs.ly,fb.me,amzn.to,mcaf.ee,trib.al,dlvr.it,short.io,short.gy,tny.im,u.to,x.co,zpr.io,urlz.fr,lc.cx,urls.fr,soo.gd,clck.ru,kutt.it,shrtco.de,1drv.ms,ift.tt,po.st,y2u.be,bc.vc,hyperurl.co,ity.im,q.gs,viralurl.com,shr.lc,smarturl.it,geni.us,linktr.ee,tr.im,su.pr,cli.gs,snipurl.com,budurl.com,ulvis.net,gg.gg,rebrandly.com,t2m.io,chilp.it,n9.cl,da.gd,surl.li,shorten.is,vo.la,shorturl.gg,l.ead.me,me2.do,kko.to,han.gl";
const KNOWN = new Set(SHORTENERS.split(","));

const HOST = /(?<![a-z0-9@.-])(?:https?:\/\/)?(?:www\.)?([a-z0-9-]{1,24}(?:\.[a-z0-9-]{1,12}){1,2})\/[^\s]{0,200}/g;

/** Where links of known shorteners stand in the folded text; a domain without a path is no link to anywhere. */
export function shortLinks({ text }: Folded): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { 0: link, 1: host = "", index: from } of text.matchAll(HOST))
    if (KNOWN.has(host)) found.push({ from, to: from + link.length });
  return found;
}

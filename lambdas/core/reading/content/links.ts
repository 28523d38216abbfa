import type { Folded } from "../fold.ts";

/** Domains that hide where a link leads; carriers in the United States and Canada filter texts that carry them. */
const SHORTENERS =
  "bit.ly,bitly.com,j.mp,tinyurl.com,t.co,is.gd,v.gd,ow.ly,goo.gl,buff.ly,rebrand.ly,cutt.ly,shorturl.at,shorturl.com,rb.gy,t.ly,tiny.cc,tiny.one,lnkd.in,bl.ink,s.id,shorte.st,adf.ly,snip.ly,qr.co,qrco.de,qrs.ly,fb.me,amzn.to,mcaf.ee,trib.al,dlvr.it,short.io,short.gy,tny.im,u.to,x.co,zpr.io,urlz.fr,lc.cx,urls.fr,soo.gd,clck.ru,kutt.it,shrtco.de,1drv.ms,ift.tt,po.st,y2u.be,bc.vc,hyperurl.co,ity.im,q.gs,viralurl.com,shr.lc,smarturl.it,geni.us,linktr.ee,tr.im,su.pr,cli.gs,snipurl.com,budurl.com,ulvis.net,gg.gg,rebrandly.com,t2m.io,chilp.it,n9.cl,da.gd,surl.li,shorten.is,vo.la,shorturl.gg,l.ead.me,me2.do,kko.to,han.gl,forms.gle,g.co,dub.sh,dub.co,urlr.me,bitly.ws,lnk.to,lnk.bio,short.link,tiny.ie,tinyurl.mobi,w.wiki,shrinkme.io,ln.run,rebrand.link,t1p.de,cutt.us,adfoc.us,snip.link,spr.ly,hubs.la,hubs.ly,mailchi.mp,eepurl.com,clic.gg,bl.link";
const KNOWN = new Set(SHORTENERS.split(","));

const HOST = /(?<![a-z0-9@.-])(?:https?:\/\/)?(?:www\.)?([a-z0-9-]{1,24}(?:\.[a-z0-9-]{1,12}){1,3})\/[^\s]{0,200}/g;

/** Where links of known shorteners stand in the folded text; a domain without a path is no link to anywhere. */
export function shortLinks({ text }: Folded): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const { 0: link, 1: host = "", index: from } of text.matchAll(HOST))
    if (isShortener(host)) found.push({ from, to: from + link.length });
  return found;
}

/** The domain itself, or one below it ("maps.app.goo.gl"). */
function isShortener(host: string): boolean {
  for (let at = 0; at >= 0; at = host.indexOf(".", at) + 1 || -1) if (KNOWN.has(host.slice(at))) return true;
  return false;
}

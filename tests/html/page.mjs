// Drives the page of `--format html` in headless Chromium, on an invented county. Run by run.sh.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const [program, ...flags] = process.argv.slice(2);
const project = process.cwd();
const work = path.join(project, 'target/html');
const county = path.join(work, '云砚县');

// Thirty drafts of invented towns, made from the two examples: whole ones and ones with faults.
const towns = [...'栖望柳青云白石松渡南竹杏临金长古枫双月凤平落水桐红太清仙鹿霞'].map((c, at) => c + '禾溪川岭屏'[at % 5] + '镇');
fs.rmSync(county, { recursive: true, force: true });
fs.mkdirSync(county, { recursive: true });
const example = (name) => fs.readFileSync(path.join(project, 'examples', name), 'utf8');
const [clean, faulty] = [example('clean.md'), example('faulty.md')];
const own = (text) => /^#?\s*\S*?([\u4e00-\u9fff]{2}镇)/m.exec(text)[1];
towns.forEach((town, at) => {
  const from = at % 4 === 3 ? clean : faulty;
  const lines = from.replaceAll(own(from), town).split('\n');
  // Each town forgets other paragraphs.
  const kept = from === clean ? lines : lines.filter((_, line) => line < 8 || (line * 7 + at * 5) % 23 > 1);
  fs.writeFileSync(path.join(county, `${town}.md`), kept.join('\n'));
});
const attack = '<script>document.title="x"</script><img src=x onerror="document.title=\'x\'"> </script><!-- \u2028 走访群众，满意率108%。';
fs.writeFileSync(path.join(county, '攻击镇.txt'), `攻击镇2025年法治政府建设年度报告\n\n一、主要举措\n\n${attack}\n`);

const file = path.join(work, 'page.html');
const ran = spawnSync(program, ['--format', 'html', '--force', '-o', file, '云砚县'], { cwd: work, encoding: 'utf8' });
assert.equal(ran.status, 1, ran.stderr);
const size = fs.statSync(file).size;
assert.ok(size < 3e6, `the page of 30 drafts has ${size} bytes`);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  const wrong = [];
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('request', (request) => { if (!request.url().startsWith('file:')) wrong.push(request.url()); });
  await page.goto(`file://${file}`);

  // Hostile text stays text.
  assert.equal(await page.title(), '法治政府建设年度报告检查结果');
  assert.equal(await page.locator('script').count(), 1);
  assert.equal(await page.locator('img').count(), 0);
  const lines = await page.evaluate(() => [...document.querySelectorAll('.l')].map((line) => {
    const copy = line.cloneNode(true);
    copy.querySelectorAll('.ref').forEach((ref) => ref.remove());
    return copy.textContent;
  }));
  assert.ok(lines.includes(attack));

  // Filtering: by severity, rule, town and words, and back.
  const shown = () => page.locator('#list tbody tr:visible').count();
  const all = await shown();
  assert.ok(all > 100);
  for (const grade of ['w', 'i']) await page.locator(`input[value=${grade}]`).uncheck();
  const errors = await shown();
  assert.ok(errors > 0 && errors < all);
  assert.equal(await page.locator('#list tbody tr:visible:not([data-s=e])').count(), 0);
  await page.locator('select[name=town]').selectOption('栖禾镇');
  const ofTown = await shown();
  assert.ok(ofTown > 0 && ofTown < errors);
  await page.locator('button[type=reset]').click();
  await page.waitForFunction((count) => document.querySelectorAll('#list tbody tr:not([hidden])').length === count, all);
  await page.locator('select[name=rule]').selectOption('rate-mismatch');
  assert.equal(await page.locator('#list tbody tr:visible:not([data-r=rate-mismatch])').count(), 0);
  await page.locator('button[type=reset]').click();
  await page.locator('input[name=q]').fill('办结率 栖禾');
  assert.ok((await page.locator('#list tbody tr:visible').allTextContents()).every((text) => text.includes('办结率') && text.includes('栖禾')));
  assert.ok(await shown() > 0);
  assert.match(await page.locator('#shown').textContent(), /^显示\d+处，共\d+处$/);
  await page.locator('input[name=q]').fill('没有这样的字');
  assert.ok(await page.locator('#none').isVisible());
  await page.locator('button[type=reset]').click();
  // From the commonest faults to the list.
  const fault = page.locator('#faults button[data-rule]').first();
  const rule = await fault.getAttribute('data-rule');
  await fault.click();
  assert.equal(await page.locator(`#list tbody tr:visible:not([data-r="${rule}"])`).count(), 0);
  await page.locator('button[type=reset]').click();
  await page.waitForFunction((count) => document.querySelectorAll('#list tbody tr:not([hidden])').length === count, all);

  // Sorting: by count, both ways, and with the keyboard.
  const column = async () => (await page.locator('#matrix tbody tr td:nth-last-child(3)').allTextContents()).map(Number);
  const head = page.locator('#matrix thead th:nth-last-child(3) button');
  await head.click();
  const up = await column();
  assert.deepEqual(up, [...up].sort((a, b) => a - b));
  await head.focus();
  await page.keyboard.press('Enter');
  const down = await column();
  assert.deepEqual(down, [...down].sort((a, b) => b - a));
  assert.equal(await page.locator('#matrix th[aria-sort=descending]').count(), 1);

  // From the list to the finding in the text and back.
  const row = page.locator('#list tbody tr[data-r=rate-mismatch]').first();
  const id = (await row.getAttribute('id')).slice(1);
  await row.locator('a').click();
  await page.waitForFunction((note) => document.getElementById(note).classList.contains('on'), `n${id}`);
  const inView = (selector) => page.locator(selector).first().evaluate((element) => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
  });
  await page.waitForTimeout(900);
  assert.ok(await inView(`#n${id}`));
  assert.ok(await page.locator(`mark.on[data-n~="${id}"]`).count() > 0);
  await page.locator(`#n${id} .back`).click();
  await page.waitForTimeout(900);
  assert.ok(await inView(`#t${id}`));

  // Notes stand beside their marks and never on one another.
  const overlaps = await page.evaluate(() => [...document.querySelectorAll('.text')].flatMap((text) => {
    const boxes = [...text.querySelectorAll('.note')].map((note) => note.getBoundingClientRect());
    return boxes.filter((box, at) => at > 0 && box.top < boxes[at - 1].bottom);
  }).length);
  assert.equal(overlaps, 0);
  const [note, mark] = await page.evaluate((one) => ['n', 'r'].map((kind) => document.getElementById(kind + one).getBoundingClientRect().left), id);
  assert.ok(note > mark);

  // On a narrow screen the notes stand below, and nothing is wider than the screen.
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForTimeout(300);
  assert.equal(await page.locator(`#n${id}`).evaluate((element) => getComputedStyle(element).position), 'static');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth + 1));
  await page.setViewportSize({ width: 1360, height: 900 });
  await page.waitForTimeout(300);

  // Printing.
  const pdf = path.join(work, 'page.pdf');
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  assert.ok(fs.statSync(pdf).size > 50000);

  assert.deepEqual(wrong, []);
  if (flags.includes('--screenshot')) {
    await page.goto(`file://${file}`);
    await page.screenshot({ path: path.join(work, 'top.png') });
    await page.locator('#all').evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(900);
    await page.screenshot({ path: path.join(work, 'list.png') });
    await page.locator('#d2').evaluate((element) => element.scrollIntoView());
    await page.waitForTimeout(900);
    await page.screenshot({ path: path.join(work, 'draft.png') });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForTimeout(900);
    await page.screenshot({ path: path.join(work, 'narrow.png') });
  }
  console.log(`page: ${size} bytes, ${all} findings; filter, sort, jump, narrow screen and printing are right`);
} finally {
  await browser.close();
}

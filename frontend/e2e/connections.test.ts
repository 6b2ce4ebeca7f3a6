import { buffer } from 'node:stream/consumers';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner } from './api';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Outside, standInFor } from './outside';
import { type Server, startServer } from './server';

const dayMs = 86_400_000;
const at = (time: number) => `${new Date(time + 9 * 3_600_000).toISOString().slice(0, 19)}+0900`;
const ordered = at(Date.now() - 2 * dayMs);
const ends = at(Date.now() + 80 * dayMs).slice(0, 19);
const number = `123456-${ordered.slice(0, 10).replaceAll('-', '')}-0000000001`;

/** What RMS knows as the merchant's keys at the moment. */
let keys = 'SP123456_secret:SL123456_licence';

/** An order as getOrder tells it. */
const order = {
  orderNumber: number, orderProgress: 300, orderDatetime: ordered, shippingCmplRptDatetime: null, giftCheckFlag: 0, orderType: 1,
  goodsPrice: 3000, postagePrice: 0, deliveryPrice: 0, paymentCharge: 0, totalPrice: 3000, requestPrice: 3000,
  couponAllTotalPrice: 0, couponShopPrice: 0, couponOtherPrice: 0, PointModel: { usedPoint: 0 }, CouponModelList: [], TaxSummaryModelList: [],
  OrdererModel: {
    zipCode1: '100', zipCode2: '0001', prefecture: '東京都', city: '千代田区', subAddress: '千代田1-2-3', familyName: '高橋', firstName: '花子',
    familyNameKana: 'タカハシ', firstNameKana: 'ハナコ', phoneNumber1: '03', phoneNumber2: '5555', phoneNumber3: '0101', emailAddress: 'abc@fw.rakuten.ne.jp',
    sex: null, birthYear: 0, birthMonth: 0, birthDay: 0,
  },
  PackageModelList: [{
    basketId: 1, SenderModel: { familyName: '高橋', firstName: '花子', zipCode1: '100' },
    ItemModelList: [{
      itemDetailId: 1, itemName: '煎茶 100g', itemId: 10001, itemNumber: 'TEA-1', manageNumber: 'tea-1', price: 1500, units: 2, selectedChoice: null,
      taxRate: 0.1, priceTaxIncl: 1500, deleteItemFlag: 0, SkuModelList: [{ variantId: null, merchantDefinedSkuId: null, skuInfo: null }],
    }],
  }],
};

/** RMS with one order. */
async function rms(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const asked = (await buffer(request)).toString();
  const say = (status: number, body: object) => answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const call = /([\w-]+)\/?(?:\?|$)/.exec(request.url ?? '')?.[1];
  const MessageModelList = [{ messageType: 'INFO', messageCode: 'ORDER_EXT_API_INFO_101' }];
  if (request.headers.authorization !== `ESA ${Buffer.from(keys).toString('base64')}`) {
    say(401, { Results: { errorCode: 'GA0001', message: 'Un-Authorised' } });
  } else if (call === 'expiry-date') {
    say(200, { expiryDate: ends });
  } else if (call === 'searchOrder') {
    const { dateType, startDatetime, endDatetime } = JSON.parse(asked) as { dateType: number; startDatetime: string; endDatetime: string };
    const found = dateType === 1 && startDatetime <= ordered && ordered <= endDatetime;
    say(200, {
      MessageModelList, orderNumberList: found ? [number] : [],
      PaginationResponseModel: { totalRecordsAmount: Number(found), totalPages: Number(found), requestPage: 1 },
    });
  } else {
    say(200, { MessageModelList, version: 10, OrderModelList: [order] });
  }
}

let outside: Outside;
let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  outside = await standInFor('api.rms.rakuten.co.jp', (request, answer) => void rms(request, answer));
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off', ...outside.environment }), startBrowser()]);
  await (await asOwner(server))('mutation { createShop(input: {code: "rakuten", name: "楽天市場店", mall: RAKUTEN}) { shop { id } } }');
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await outside?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const drawer = () => page.getByRole('dialog');
const press = (label: string) => drawer().getByRole('button', { name: label, exact: true }).click();
const card = () => page.getByRole('region', { name: '楽天市場店' });
const enter = async (secret: string, licence: string) => {
  await drawer().getByLabel('serviceSecret').fill(secret);
  await drawer().getByLabel('licenseKey').fill(licence);
};
/** A call a second, as RMS allows. */
const pullMs = 90_000;

// One way in order: each step stands on what the one before it left.
describe('a connection to RMS', () => {
  it('is refused with advice while the keys are wrong', async () => {
    await page.goto(`${server.url}/settings/connections`);
    await page.getByRole('link', { name: '楽天市場店を連携する' }).click();
    await drawer().getByText(/楽天ペイ受注APIを「利用する」にし/).waitFor();
    await enter('SP123456_secret', 'SL000000_wrong');
    await press('接続を試す');
    const trouble = drawer().getByRole('alert');
    await trouble.getByText('モールが認証情報を受け付けません').waitFor();
    await trouble.getByText(/licenseKeyの期限が切れたか/).waitFor();
    await expectAccessible(page);
    await expectSoundOnPhone(page);
  });

  it('works with the right ones, and brings orders and people', async () => {
    await enter('SP123456_secret', 'SL123456_licence');
    await press('接続を試す');
    await drawer().getByText('接続できました').waitFor();
    await press('連携を始める');
    await page.getByText('連携を始めました。最初の取得を行います。').waitFor();
    await drawer().waitFor({ state: 'hidden' });
    await card().getByText('正常').waitFor({ timeout: pullMs });
    await card().getByText('モールからの情報').waitFor(); // when the key ends
    await card().getByRole('button', { name: 'これまでの取得' }).click();
    await page.getByRole('table', { name: '楽天市場店のこれまでの取得' }).getByRole('link', { name: '1', exact: true }).waitFor();
    await expectSound(page);
    await page.getByRole('navigation').getByRole('link', { name: '顧客', exact: true }).click();
    await page.getByRole('link', { name: '高橋 花子' }).click();
    await page.getByText('¥3,000').first().waitFor();
  });

  it('says so where the keys end, and goes on once new ones are entered', async () => {
    keys = 'SP123456_secret:SL123456_renewed';
    await page.goto(`${server.url}/settings/connections`);
    await card().getByRole('button', { name: 'いま取得' }).click();
    await card().getByText('要対応').waitFor({ timeout: pullMs });
    await card().getByRole('link', { name: '入力し直す' }).click();
    await drawer().getByLabel('licenseKey').fill('SL123456_renewed'); // the secret that is kept stays
    await press('保存する');
    await page.getByText('設定を保存しました').waitFor();
    await card().getByText('正常').waitFor({ timeout: pullMs });
    expect(await card().getByRole('alert').count()).toBe(0);
    await expectSound(page);
  });
});

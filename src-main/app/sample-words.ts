// What the sample company trades in: made up, in both languages, enough to look at every screen.

export type SampleItem = { readonly zh: string; readonly en: string; readonly spec: string; readonly unit_zh: string; readonly unit_en: string; readonly pack: number; readonly price_e4: number; readonly costing: 'average' | 'fifo' }

export const sampleItems: readonly SampleItem[] = [
  { zh: '龙井绿茶', en: 'Longjing green tea', spec: '250g', unit_zh: '盒', unit_en: 'box', pack: 20, price_e4: 1_280_000, costing: 'fifo' },
  { zh: '铁观音乌龙茶', en: 'Tieguanyin oolong', spec: '250g', unit_zh: '盒', unit_en: 'box', pack: 20, price_e4: 980_000, costing: 'fifo' },
  { zh: '普洱熟茶饼', en: 'Pu-erh tea cake', spec: '357g', unit_zh: '饼', unit_en: 'cake', pack: 7, price_e4: 1_680_000, costing: 'fifo' },
  { zh: '茉莉花茶', en: 'Jasmine tea', spec: '200g', unit_zh: '袋', unit_en: 'bag', pack: 30, price_e4: 365_000, costing: 'average' },
  { zh: '白瓷盖碗', en: 'White gaiwan', spec: '150ml', unit_zh: '套', unit_en: 'set', pack: 12, price_e4: 420_000, costing: 'average' },
  { zh: '紫砂壶', en: 'Zisha teapot', spec: '200ml', unit_zh: '把', unit_en: 'pc', pack: 4, price_e4: 3_600_000, costing: 'average' },
  { zh: '玻璃公道杯', en: 'Glass pitcher', spec: '300ml', unit_zh: '个', unit_en: 'pc', pack: 24, price_e4: 185_000, costing: 'average' },
  { zh: '竹茶盘', en: 'Bamboo tea tray', spec: '40cm', unit_zh: '个', unit_en: 'pc', pack: 6, price_e4: 890_000, costing: 'average' },
  { zh: '品茗杯', en: 'Tasting cup', spec: '60ml', unit_zh: '只', unit_en: 'pc', pack: 48, price_e4: 95_000, costing: 'average' },
  { zh: '保温杯', en: 'Vacuum flask', spec: '500ml', unit_zh: '个', unit_en: 'pc', pack: 24, price_e4: 685_000, costing: 'average' },
  { zh: '矿泉水', en: 'Spring water', spec: '550ml', unit_zh: '瓶', unit_en: 'bottle', pack: 24, price_e4: 20_000, costing: 'average' },
  { zh: '蜂蜜', en: 'Acacia honey', spec: '500g', unit_zh: '瓶', unit_en: 'jar', pack: 12, price_e4: 568_000, costing: 'fifo' },
  { zh: '红枣', en: 'Red dates', spec: '500g', unit_zh: '袋', unit_en: 'bag', pack: 20, price_e4: 298_000, costing: 'fifo' },
  { zh: '枸杞', en: 'Goji berries', spec: '250g', unit_zh: '袋', unit_en: 'bag', pack: 20, price_e4: 388_000, costing: 'fifo' },
  { zh: '礼品盒', en: 'Gift box', spec: '30×20cm', unit_zh: '个', unit_en: 'pc', pack: 50, price_e4: 128_000, costing: 'average' },
  { zh: '手提袋', en: 'Carrier bag', spec: '26×32cm', unit_zh: '个', unit_en: 'pc', pack: 100, price_e4: 25_000, costing: 'average' },
]

export const sampleServices = [
  { zh: '送货费', en: 'Delivery', unit_zh: '次', unit_en: 'trip', price_e4: 300_000 },
  { zh: '茶艺培训', en: 'Tea training', unit_zh: '课时', unit_en: 'hour', price_e4: 2_000_000 },
] as const

export const sampleCustomers = [
  { zh: '上海华美贸易有限公司', en: 'Huamei Trading Ltd', phone: '021-55501001', terms_days: 30, credit: 5_000_000 },
  { zh: '杭州清河坊茶楼', en: 'Qinghefang Tea House', phone: '0571-55501002', terms_days: 15, credit: 2_000_000 },
  { zh: '南京金陵酒店', en: 'Jinling Hotel', phone: '025-55501003', terms_days: 45, credit: 8_000_000 },
  { zh: '苏州园林礼品行', en: 'Garden Gifts Suzhou', phone: '0512-55501004', terms_days: 30, credit: 3_000_000 },
  { zh: '宁波东方超市', en: 'Orient Supermarket', phone: '0574-55501005', terms_days: 30, credit: 4_000_000 },
  { zh: '北京老舍文化用品店', en: 'Laoshe Culture Store', phone: '010-55501006', terms_days: 0, credit: 1_000_000 },
  { zh: '深圳鹏程电商', en: 'Pengcheng E-commerce', phone: '0755-55501007', terms_days: 7, credit: 6_000_000 },
  { zh: '成都宽窄巷子茶铺', en: 'Kuanzhai Tea Shop', phone: '028-55501008', terms_days: 15, credit: 1_500_000 },
  { zh: '武汉江城餐饮', en: 'Rivercity Catering', phone: '027-55501009', terms_days: 30, credit: 2_500_000 },
  { zh: '西安大唐旅游商店', en: 'Datang Souvenirs', phone: '029-55501010', terms_days: 30, credit: 2_000_000 },
  { zh: '厦门鼓浪屿民宿', en: 'Gulangyu Guesthouse', phone: '0592-55501011', terms_days: 0, credit: 500_000 },
  { zh: '青岛海天物业', en: 'Haitian Property', phone: '0532-55501012', terms_days: 60, credit: 3_000_000 },
] as const

export const sampleSuppliers = [
  { zh: '西湖茶叶合作社', en: 'West Lake Tea Co-op', phone: '0571-55502001' },
  { zh: '安溪茶业有限公司', en: 'Anxi Tea Co', phone: '0595-55502002' },
  { zh: '景德镇陶瓷厂', en: 'Jingdezhen Ceramics', phone: '0798-55502003' },
  { zh: '永康杯业', en: 'Yongkang Cups', phone: '0579-55502004' },
  { zh: '新疆特产批发', en: 'Xinjiang Specialities', phone: '0991-55502005' },
  { zh: '义乌包装材料行', en: 'Yiwu Packaging', phone: '0579-55502006' },
] as const

import type { ImportField } from '../../kernel/operation.ts'
import { importField as field } from '../platform/index.ts'

/** The columns of a table of parties. Several tags or aliases stand in one cell, parted by ; or 、. */
export const partyFields: readonly ImportField[] = [
  field('code', ['编码', '客户编码', '供应商编码', '往来单位编码', '编号', 'Code', 'Customer code', 'Customer ID', 'Supplier code']),
  {
    ...field('name', ['名称', '客户名称', '供应商名称', '往来单位', '单位名称', '姓名', 'Name', 'Customer', 'Customer name', 'Supplier', 'Company']),
    is_required: true,
  },
  field('short_name', ['简称', '客户简称', 'Short name']),
  field('aliases', ['别名', '曾用名', '其他名称', 'Other names', 'Aliases']),
  field('is_customer', ['是客户', '客户?', 'Is customer'], 'flag'),
  field('is_supplier', ['是供应商', '供应商?', 'Is supplier'], 'flag'),
  field('parent', ['上级客户', '上级单位', '上级', '所属经销商', '总部', 'Parent customer', 'Parent', 'Head office', 'Dealer']),
  field('chain_role', ['渠道角色', '渠道', 'Chain role']),
  field('phone', ['电话', '手机', '联系电话', '手机号', 'Phone', 'Mobile', 'Telephone']),
  field('email', ['邮箱', '电子邮箱', '电子邮件', 'E-mail', 'Email']),
  field('country', ['国家代码', '国家', 'Country code', 'Country']),
  field('contact_name', ['联系人', '联系人姓名', 'Contact', 'Contact name']),
  field('contact_phone', ['联系人电话', '联系人手机', 'Contact phone']),
  field('wechat', ['微信', '微信号', 'WeChat']),
  field('region', ['地区', '省市区', 'Region']),
  field('street', ['地址', '详细地址', '收货地址', 'Address', 'Street']),
  field('price_level', ['价格等级', '价格级别', '客户等级', 'Price level']),
  field('terms_days', ['账期', '账期天数', '信用天数', 'Terms (days)', 'Payment terms'], 'integer'),
  field('credit_limit_minor', ['信用额度', '授信额度', 'Credit limit'], 'money'),
  field('tax_title', ['开票抬头', '开票名称', '发票抬头', 'Tax title', 'Invoice name']),
  field('tax_no', ['税号', '纳税人识别号', '统一社会信用代码', 'Tax number', 'Tax no', 'VAT number']),
  field('tax_address', ['开票地址', '注册地址', 'Invoice address']),
  field('tax_phone', ['开票电话', '注册电话', 'Invoice phone']),
  field('bank_name', ['开户银行', '开户行', 'Bank']),
  field('bank_account', ['银行账号', '账号', 'Bank account']),
  field('tags', ['标签', '分类', 'Tags']),
  field('assigned_to', ['负责人', '业务员', '销售员', 'Looked after by', 'Salesperson', 'Owner']),
  field('note', ['备注', '说明', 'Note', 'Notes', 'Remark']),
]

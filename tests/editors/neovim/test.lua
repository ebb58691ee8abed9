-- Neovim as a client: opens the example, compares every diagnostic's place with the command line's, applies a fix.
-- Run by neovim.sh; the working folder holds the example and expected.json.
local failed, passed = 0, 0

local function say(good, what)
  if good then
    passed = passed + 1
  else
    failed = failed + 1
  end
  io.stdout:write((good and 'ok   ' or 'FAIL ') .. what .. '\n')
end

local function run()
  local file = 'example.md'
  vim.cmd('edit ' .. file)
  local buffer = vim.api.nvim_get_current_buf()
  local config = {
    name = 'rlcheck',
    cmd = { os.getenv('RLCHECK'), 'lsp' },
    root_dir = vim.fn.getcwd(),
  }
  local client = vim.lsp.start and vim.lsp.start(config)
  if not client then
    -- Before 0.8.
    client = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buffer, client)
  end

  -- What the command line says: lines from 1, columns in characters from 1. Neovim counts bytes from 0.
  local expected = {}
  local report = vim.fn.json_decode(vim.fn.readfile('expected.json'))
  local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  local function bytes(place)
    local line = lines[place.line] or ''
    return string.format('%d:%d', place.line - 1, vim.fn.byteidx(line, place.column - 1))
  end
  for _, finding in ipairs(report.drafts[1].findings) do
    table.insert(expected, table.concat({ finding.rule, bytes(finding.start), bytes(finding['end']) }, ' '))
  end
  table.sort(expected)
  say(#expected >= 5, 'the command line finds something to compare with')

  local function seen()
    local found = {}
    for _, one in ipairs(vim.diagnostic.get(buffer)) do
      local code = one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
      table.insert(found, string.format('%s %d:%d %d:%d', code, one.lnum, one.col, one.end_lnum, one.end_col))
    end
    table.sort(found)
    return found
  end
  local same = vim.wait(30000, function()
    return vim.deep_equal(seen(), expected)
  end, 50)
  say(same, 'diagnostics stand where the command line says, to the byte')
  if not same then
    io.stdout:write('expected ' .. vim.inspect(expected) .. '\nseen ' .. vim.inspect(seen()) .. '\n')
  end

  local attached = vim.lsp.get_client_by_id(client)
  local encoding = attached.offset_encoding
  -- Applies the first action of a kind at a position of the protocol.
  local function apply(kind, line, character)
    local params = {
      textDocument = vim.lsp.util.make_text_document_params(buffer),
      range = { start = { line = line, character = character }, ['end'] = { line = line, character = character } },
      context = { diagnostics = {}, only = { kind } },
    }
    local answer = attached.request_sync('textDocument/codeAction', params, 10000, buffer)
    local action = answer and answer.result and answer.result[1]
    if action and not action.edit then
      local resolved = attached.request_sync('codeAction/resolve', action, 10000, buffer)
      action = resolved and resolved.result
    end
    if not (action and action.edit) then
      return false
    end
    vim.lsp.util.apply_workspace_edit(action.edit, encoding)
    return true
  end

  say(apply('quickfix', 2, 0), 'a quick fix is offered at the document number')
  local third = vim.api.nvim_buf_get_lines(buffer, 2, 3, false)[1]
  say(third == '稻政发〔2026〕7号', 'the quick fix changes the document number and nothing else: ' .. third)
  local gone = vim.wait(10000, function()
    for _, one in ipairs(seen()) do
      if one:find('document-number', 1, true) then
        return false
      end
    end
    return #seen() > 0
  end, 50)
  say(gone, 'the finding goes with the fix')
  say(apply('source.fixAll.rlcheck', 0, 0), '“fix all safe” is offered')
  vim.cmd('write')
  say(vim.deep_equal(vim.fn.readfile(file, 'b'), vim.fn.readfile('fixed.md', 'b')), '“fix all safe” leaves what rlcheck fix leaves')

  local hover = attached.request_sync('textDocument/hover', {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    -- Two characters before it count two UTF-16 units each.
    position = { line = 12, character = encoding == 'utf-8' and #lines[13]:match('^(.-)办结率') or 29 },
  }, 10000, buffer)
  local text = hover and hover.result and vim.inspect(hover.result) or ''
  say(text:find('rate-mismatch', 1, true) ~= nil, 'the hover at the rate names its rule')
  attached.stop()
end

local good, trouble = pcall(run)
if not good then
  say(false, tostring(trouble))
end
io.stdout:write(string.format('%d passed, %d failed\n', passed, failed))
vim.cmd(failed == 0 and 'qall!' or 'cquit!')

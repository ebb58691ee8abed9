(function () {
  'use strict';
  var root = document.documentElement;
  var all = function (selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); };
  var one = function (selector) { return document.querySelector(selector); };
  root.classList.add('js');

  // Sorting: a click on a column's head; again turns it round.
  all('table.sortable').forEach(function (table) {
    var heads = all('thead th', table);
    heads.forEach(function (head, column) {
      var button = head.querySelector('button');
      if (!button) return;
      button.addEventListener('click', function () {
        var up = head.getAttribute('aria-sort') !== 'ascending';
        heads.forEach(function (other) { if (other.hasAttribute('aria-sort')) other.setAttribute('aria-sort', 'none'); });
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        var key = function (row) {
          var cell = row.cells[column];
          var value = cell.getAttribute('data-v');
          return value === null ? cell.textContent : Number(value);
        };
        var body = table.tBodies[0];
        var rows = Array.prototype.slice.call(body.rows).map(function (row, at) { return { row: row, key: key(row), at: at }; });
        rows.sort(function (a, b) {
          var order = typeof a.key === 'number' && typeof b.key === 'number' ? a.key - b.key : String(a.key).localeCompare(String(b.key), 'zh-CN');
          return (up ? order : -order) || a.at - b.at;
        });
        rows.forEach(function (entry) { body.appendChild(entry.row); });
      });
    });
  });

  // Filtering the list of findings.
  var form = one('#filter');
  var rows = all('#list tbody tr');
  var filter = function () {
    var grades = all('input[name=s]:checked', form).map(function (box) { return box.value; });
    var rule = form.elements.rule.value, town = form.elements.town ? form.elements.town.value : '';
    var words = form.elements.q.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    rows.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      var fits = grades.indexOf(row.getAttribute('data-s')) >= 0 && (!rule || row.getAttribute('data-r') === rule) &&
        (!town || row.getAttribute('data-t') === town) && words.every(function (word) { return text.indexOf(word) >= 0; });
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    one('#shown').textContent = shown === rows.length ? '共' + rows.length + '处' : '显示' + shown + '处，共' + rows.length + '处';
    one('#none').hidden = shown > 0;
  };
  if (form) {
    form.addEventListener('submit', function (event) { event.preventDefault(); });
    form.addEventListener('input', filter);
    form.addEventListener('change', filter);
    form.addEventListener('reset', function () { setTimeout(filter, 0); });
    all('button[data-rule]').forEach(function (button) {
      button.addEventListener('click', function () {
        form.reset();
        form.elements.rule.value = button.getAttribute('data-rule');
        filter();
        one('#all').scrollIntoView();
        form.elements.rule.focus();
      });
    });
    filter();
  }

  // Notes beside the marks that they belong to, one below the other where there is no room.
  var align = function () {
    var wide = window.matchMedia('(min-width:62rem)').matches;
    all('.text').forEach(function (text) {
      var notes = all('.note', text), free = 0, top = text.getBoundingClientRect().top;
      text.style.minHeight = '';
      if (!wide) { notes.forEach(function (note) { note.style.top = ''; }); return; }
      var places = notes.map(function (note) {
        var mark = document.getElementById('r' + note.id.slice(1));
        return [mark ? mark.getBoundingClientRect().top - top : 0, note.offsetHeight];
      });
      notes.forEach(function (note, at) {
        var place = Math.max(places[at][0] - 4, free);
        note.style.top = place + 'px';
        free = place + places[at][1] + 8;
      });
      text.style.minHeight = free + 'px';
    });
  };
  var waiting = 0;
  window.addEventListener('resize', function () { clearTimeout(waiting); waiting = setTimeout(align, 120); });
  window.addEventListener('load', align);
  align();

  // Where a link leads is shown: a row that a filter hides comes back, a note and its marks light up.
  var show = function () {
    var id = decodeURIComponent(location.hash.slice(1));
    all('.on').forEach(function (element) { element.classList.remove('on'); });
    var target = id && document.getElementById(id);
    if (!target) return;
    if (target.hidden && form) { form.reset(); setTimeout(function () { filter(); target.scrollIntoView({ block: 'center' }); }, 0); }
    var match = /^[nrt](\d+-\d+)$/.exec(id);
    if (!match) return;
    all('mark[data-n~="' + match[1] + '"]').forEach(function (mark) { mark.classList.add('on'); });
    var note = document.getElementById('n' + match[1]);
    if (note) note.classList.add('on');
    target.scrollIntoView({ block: 'center' });
    target.setAttribute('tabindex', '-1');
    target.focus({ preventScroll: true });
  };
  window.addEventListener('hashchange', show);
  show();
}());

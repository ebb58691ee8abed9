;;; test.el --- Emacs as a client  -*- lexical-binding: t -*-
;; Eglot, without a screen: opens the example, compares every diagnostic's place with the command line's, applies a fix.
;; Run by emacs.sh; the working folder holds the example and expected.json.
(require 'cl-lib)
(require 'eglot)
(require 'json)

(defvar rlcheck-passed 0)
(defvar rlcheck-failed 0)

(defun rlcheck-say (good what)
  "Count and print one step WHAT that went well or not, GOOD."
  (if good (cl-incf rlcheck-passed) (cl-incf rlcheck-failed))
  (princ (format "%s %s\n" (if good "ok  " "FAIL") what)))

(defun rlcheck-wait (look)
  "Wait until LOOK gives something, 30 seconds at most."
  (let ((end (+ (float-time) 30)) result)
    (while (and (not (setq result (funcall look))) (< (float-time) end))
      (accept-process-output nil 0.05))
    result))

(defun rlcheck-place (place)
  "The buffer position of a PLACE of the command line."
  (save-excursion
    (goto-char (point-min))
    (forward-line (1- (alist-get 'line place)))
    (min (+ (point) (1- (alist-get 'column place))) (point-max))))

(defun rlcheck-expected ()
  "What the command line finds: begin, end and message."
  (let* ((report (json-read-file "expected.json"))
         (findings (alist-get 'findings (aref (alist-get 'drafts report) 0))))
    (mapcar (lambda (one)
              (list (rlcheck-place (alist-get 'start one)) (rlcheck-place (alist-get 'end one)) (alist-get 'rule one)))
            findings)))

(defun rlcheck-seen ()
  "What Flymake shows: begin, end and rule."
  (mapcar (lambda (one)
            (list (flymake-diagnostic-beg one) (flymake-diagnostic-end one)
                  (let ((text (flymake-diagnostic-text one)))
                    (and (string-match "\\[\\([a-z-]+\\)\\]" text) (match-string 1 text)))))
          (flymake-diagnostics)))

(defun rlcheck-sorted (list)
  "LIST in an order that does not depend on who made it."
  (sort (mapcar (lambda (one) (format "%s" one)) list) #'string<))

(defun rlcheck-run ()
  "The steps."
  (setq eglot-sync-connect 30 eglot-send-changes-idle-time 0)
  (add-to-list 'eglot-server-programs (list 'text-mode (getenv "RLCHECK") "lsp"))
  (find-file "example.md")
  (text-mode)
  (apply #'eglot (eglot--guess-contact))
  (rlcheck-say (eglot-managed-p) "Eglot manages the example")
  (let ((expected (rlcheck-sorted (rlcheck-expected))))
    (rlcheck-say (>= (length expected) 5) "the command line finds something to compare with")
    (let ((same (rlcheck-wait (lambda () (flymake-start) (equal (rlcheck-sorted (rlcheck-seen)) expected)))))
      (rlcheck-say same "diagnostics stand where the command line says, to the character")
      (unless same (princ (format "expected %S\nseen %S\n" expected (rlcheck-sorted (rlcheck-seen)))))))
  (goto-char (point-min))
  (forward-line 2)
  (let* ((actions (eglot-code-actions (point) (point) "quickfix" nil))
         (first (and (sequencep actions) (> (length actions) 0) (elt actions 0))))
    (rlcheck-say first "a quick fix is offered at the document number")
    (when first (eglot--apply-workspace-edit (plist-get first :edit))))
  (rlcheck-say (equal (buffer-substring (line-beginning-position) (line-end-position)) "稻政发〔2026〕7号")
               "the quick fix changes the document number and nothing else")
  ;; Eglot tells of changes when Emacs is idle, which it never is without a screen.
  (eglot--signal-textDocument/didChange)
  (rlcheck-say (rlcheck-wait (lambda ()
                               (flymake-start)
                               (let ((rules (mapcar #'caddr (rlcheck-seen))))
                                 (and rules (not (member "document-number" rules))))))
               "the finding goes with the fix"))

(condition-case trouble
    (rlcheck-run)
  (error (rlcheck-say nil (format "%S" trouble))))
(ignore-errors (eglot-shutdown (eglot-current-server)))
(princ (format "%d passed, %d failed\n" rlcheck-passed rlcheck-failed))
(kill-emacs (if (zerop rlcheck-failed) 0 1))
;;; test.el ends here
